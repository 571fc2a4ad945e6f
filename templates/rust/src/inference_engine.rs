//! The model: loaded once, run for each image.
use mvas_plugin::onnx::{Options, Session};
use mvas_plugin::{ImageView, Path, Plane, Result};

use crate::preprocessing::{Preprocessing, MODEL_SIZE};

/// Runs models/model.onnx: 1 x 3 x 256 x 256 in, an anomaly map of 1 x 256 x 256 out.
pub struct InferenceEngine {
    threads: i32,
    preprocessing: Preprocessing,
    session: Session,
}

impl InferenceEngine {
    /// Loads the model; fails when it is missing, broken or of another shape. 0 threads: one for each physical core.
    pub fn open(model: &Path, threads: i32) -> Result<Self> {
        let size = MODEL_SIZE as i64;
        let options = Options { input: vec![1, 3, size, size], output: vec![1, size, size], threads };
        Ok(Self { threads, preprocessing: Preprocessing::new()?, session: Session::open(model, &options)? })
    }

    /// The anomaly of each place of the image, 0 (good) to 1.
    pub fn run(&mut self, image: ImageView<'_>) -> Result<Plane<f32>> {
        self.preprocessing.run(image, self.session.input(0)?)?;
        self.session.run()?;
        Plane::from_slice(self.session.output(0)?.data, MODEL_SIZE, MODEL_SIZE)
    }

    pub fn threads(&self) -> i32 {
        self.threads
    }
}
