//! From the host's image to the numbers that the model was fitted to.
use mvas_plugin::vision::resize;
use mvas_plugin::{ImageView, Plane, Result, Rgb};

/// Width and height of the model's input and of its anomaly map.
pub const MODEL_SIZE: usize = 256;

const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const STD: [f32; 3] = [0.229, 0.224, 0.225];

/// Stretches the image to 256 x 256, scales to 0..1, subtracts ImageNet's mean, divides by its standard deviation.
/// `scripts/fitting/preprocessing.py` does the same when the model is fitted: change both or neither.
pub struct Preprocessing {
    resized: Plane<Rgb>,
    /// The normalised value of every grey value of each channel, so that a pixel costs a look-up and no division.
    tables: [[f32; 256]; 3],
}

impl Preprocessing {
    pub fn new() -> Result<Self> {
        let table = |channel: usize| std::array::from_fn(|value| (value as f32 / 255.0 - MEAN[channel]) / STD[channel]);
        Ok(Self { resized: Plane::new(MODEL_SIZE, MODEL_SIZE)?, tables: std::array::from_fn(table) })
    }

    /// Fills `tensor`, 3 x 256 x 256: all reds, then all greens, then all blues.
    pub fn run(&mut self, image: ImageView<'_>, tensor: &mut [f32]) -> Result<()> {
        resize(image, &mut self.resized)?;
        let (red, rest) = tensor.split_at_mut(self.resized.len());
        let (green, blue) = rest.split_at_mut(self.resized.len());
        for (at, pixel) in self.resized.iter().enumerate() {
            red[at] = self.tables[0][usize::from(pixel.r)];
            green[at] = self.tables[1][usize::from(pixel.g)];
            blue[at] = self.tables[2][usize::from(pixel.b)];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mvas_plugin::{Format, Image};

    #[test]
    fn each_channel_is_normalised_by_its_own_mean_and_deviation() {
        let mut image = Image::new(3, 2, Format::Bgr).unwrap();
        image.bytes_mut().copy_from_slice(&[0, 128, 255].repeat(6));
        let mut tensor = vec![9.0; 3 * MODEL_SIZE * MODEL_SIZE];
        Preprocessing::new().unwrap().run(image.view(), &mut tensor).unwrap();
        for (plane, value) in tensor.chunks(MODEL_SIZE * MODEL_SIZE).zip([255.0, 128.0, 0.0].iter().enumerate()) {
            let (channel, value) = value;
            assert!(plane.iter().all(|&found| found == (value / 255.0 - MEAN[channel]) / STD[channel]));
        }
    }
}
