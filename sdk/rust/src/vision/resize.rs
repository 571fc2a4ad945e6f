//! Brings an image to another size: the one way that plugins, scripts and the fitting of models share.
use super::taps::{taps, Tap};
use crate::error::Result;
use crate::image::{Format, ImageView, Rgb};
use crate::plane::Plane;

/// Stretches the image to the size of `to`, bilinear without antialiasing, rounded to whole grey values; alpha is dropped.
pub fn resize(image: ImageView<'_>, to: &mut Plane<Rgb>) -> Result<()> {
    let columns = taps(image.width(), to.width())?;
    for (y, tap) in taps(image.height(), to.height())?.into_iter().enumerate() {
        let rows = (image.row(tap.first), image.row(tap.second), tap.weight);
        let row = to.row_mut(y);
        match image.format() {
            Format::Gray => resize_row::<1, 0, 0, 0>(rows, &columns, row),
            Format::Rgb => resize_row::<3, 0, 1, 2>(rows, &columns, row),
            Format::Bgr => resize_row::<3, 2, 1, 0>(rows, &columns, row),
            Format::Rgba => resize_row::<4, 0, 1, 2>(rows, &columns, row),
        }
    }
    Ok(())
}

/// Red, green and blue are the places of the channels within a pixel.
fn resize_row<const CHANNELS: usize, const RED: usize, const GREEN: usize, const BLUE: usize>(
    (top, bottom, down): (&[u8], &[u8], u32),
    columns: &[Tap],
    to: &mut [Rgb],
) {
    for (tap, pixel) in columns.iter().zip(to) {
        let (first, second) = (tap.first * CHANNELS, tap.second * CHANNELS);
        let (a, b) = (&top[first..first + CHANNELS], &top[second..second + CHANNELS]);
        let (c, d) = (&bottom[first..first + CHANNELS], &bottom[second..second + CHANNELS]);
        let channel = |at: usize| blend([a[at], b[at], c[at], d[at]], tap.weight, down);
        let r = channel(RED);
        *pixel = if CHANNELS == 1 { Rgb { r, g: r, b: r } } else { Rgb { r, g: channel(GREEN), b: channel(BLUE) } };
    }
}

/// One channel of four neighbours, rounded half up. At the last pixel, where both neighbours are one, the weight may pass 2048.
fn blend([a, b, c, d]: [u8; 4], across: u32, down: u32) -> u8 {
    let mix = |from: i32, to: i32, weight: u32, unit: i32| from * (unit - weight as i32) + to * weight as i32;
    let (top, bottom) = (mix(a.into(), b.into(), across, 2048), mix(c.into(), d.into(), across, 2048));
    ((mix(top, bottom, down, 2048) + (1 << 21)) >> 22) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Image;

    fn resized(image: &Image, width: usize, height: usize) -> Vec<u8> {
        let mut plane = Plane::new(width, height).unwrap();
        resize(image.view(), &mut plane).unwrap();
        plane.iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect()
    }

    #[test]
    fn the_same_size_changes_nothing() {
        let mut image = Image::new(3, 2, Format::Rgb).unwrap();
        image.bytes_mut().iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * 13) as u8);
        assert_eq!(resized(&image, 3, 2), image.bytes());
    }

    #[test]
    fn enlarging_blends_as_opencv_does() {
        let mut image = Image::new(2, 1, Format::Gray).unwrap();
        image.bytes_mut().copy_from_slice(&[0, 200]);
        let reds: Vec<u8> = resized(&image, 4, 1).chunks(3).map(|pixel| pixel[0]).collect();
        assert_eq!(reds, [0, 50, 150, 200]);
    }

    #[test]
    fn every_format_of_one_picture_gives_the_same() {
        let mut image = Image::new(5, 4, Format::Rgb).unwrap();
        image.bytes_mut().iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * 37) as u8);
        for format in [Format::Bgr, Format::Rgba] {
            assert_eq!(resized(&image.view().to(format).unwrap(), 9, 3), resized(&image, 9, 3));
        }
    }
}
