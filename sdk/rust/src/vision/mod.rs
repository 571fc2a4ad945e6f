//! What many inspections need beside the model: resize an image, find regions in an anomaly map, draw what was found.
//!
//! The arithmetic is that of the C++ SDK and of the scripts that fit models, so that the same model gives the same verdicts.
mod draw;
mod regions;
mod resize;
mod taps;

pub use draw::{draw_box, draw_contours, draw_heatmap, draw_image, MARK_COLOR, RIM_COLOR};
pub use regions::{find_regions, Region};
pub use resize::resize;
