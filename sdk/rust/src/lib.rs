//! Write MVAS machine vision plugins in Rust: implement [`Plugin`], end with [`export!`].
//!
//! ```
//! use mvas_plugin::{Config, Decision, Format, ImageView, Info, Inspection, ModelType, Path, Plugin, Result, Setting};
//!
//! struct Brightness {
//!     threshold: Setting<f32>,
//! }
//!
//! impl Plugin for Brightness {
//!     const INFO: Info = Info::new(c"Brightness", c"1.0.0", ModelType::AnomalyDetection, 64, 64, Format::Gray);
//!     const NEEDS_MODEL: bool = false;
//!
//!     fn init(_model: &Path, config: &mut Config) -> Result<Self> {
//!         Ok(Self { threshold: config.float("threshold", 0.5, 0.0..=1.0, "score from which a part fails")? })
//!     }
//!
//!     fn infer(&mut self, image: ImageView<'_>) -> Result<Inspection> {
//!         let sum: u64 = (0..image.height()).flat_map(|y| image.row(y)).map(|&value| u64::from(value)).sum();
//!         let score = sum as f32 / (image.width() * image.height()) as f32 / 255.0;
//!         let decision = if score >= self.threshold.get() { Decision::Fail } else { Decision::Pass };
//!         Ok(Inspection { decision, confidence: score.max(1.0 - score), score, ..Inspection::default() })
//!     }
//! }
//!
//! mvas_plugin::export!(Brightness);
//! ```
//!
//! Arguments, states, formats, strides, panics, ownership, configuration and threads are handled here, once: an author's
//! crate needs no `unsafe` and may forbid it. The crate has no dependency but the standard library.
//!
//! [`vision`] resizes images, finds regions and draws; [`onnx`] runs a model by ONNX Runtime, which is loaded at run time.
#[cfg(not(panic = "unwind"))]
compile_error!("a plugin must not end its host: build with panic = \"unwind\", the default, so that a panic becomes an error code");

#[doc(hidden)]
pub mod abi;
mod buffer;
mod config;
mod error;
mod error_text;
#[doc(hidden)]
pub mod exports;
mod image;
mod image_check;
mod inspection;
mod json;
mod json_reader;
mod model_file;
pub mod onnx;
mod plane;
mod plugin;
mod setting;
pub mod vision;

pub use config::Config;
pub use error::{Code, Error, Result};
pub use image::{luminance, Format, Image, ImageView, Rgb};
pub use inspection::{BoundingBox, Decision, Inspection};
pub use json::{DetailValue, Details};
pub use plane::Plane;
pub use plugin::{Info, ModelType, Plugin};
pub use setting::Setting;
pub use std::path::Path;
