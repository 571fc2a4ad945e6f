//! An ONNX model in a plugin: [`Session`] opens it by ONNX Runtime 1.17 or later, which is loaded at run time.
//!
//! ```no_run
//! # fn main() -> mvas_plugin::Result<()> {
//! use mvas_plugin::onnx::{Options, Session};
//! let options = Options { input: vec![1, 3, 256, 256], output: vec![1, 256, 256], threads: 0 };
//! let mut session = Session::open(mvas_plugin::Path::new("models/model.onnx"), &options)?;
//! session.input::<f32>(0)?.fill(0.5);
//! session.run()?;
//! let map: &[f32] = session.output::<f32>(0)?.data;
//! # Ok(())
//! # }
//! ```
//!
//! The library is looked for in the package's `deps` folder beside the plugin's `bin`, then where `ONNXRUNTIME_ROOT` says, then on
//! the system.
mod api;
mod handle;
mod library;
mod ports;
mod session;
mod system;

pub use session::{Options, Output, Session, TensorValue};
