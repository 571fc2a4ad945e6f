//! The structs and numbers of `mvas_plugin.h`, in the layout that the compiler checks against the header's numbers.
use std::ffi::c_char;
use std::mem::{offset_of, size_of};
use std::ptr;

/// `MVAS_OK`.
pub const OK: i32 = 0;
/// `MVAS_ABI_VERSION_MAJOR << 16 | MVAS_ABI_VERSION_MINOR`.
pub const VERSION: u32 = 2 << 16;

/// `MVASImage`: the host's picture.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Image {
    /// First byte of the first row.
    pub data: *const u8,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Bytes a pixel.
    pub channels: i32,
    /// Bytes from one row to the next.
    pub stride: i32,
    /// "RGB", "BGR", "GRAY" or "RGBA".
    pub format: *const c_char,
}

/// `MVASResult`: the host's struct, filled by the plugin.
#[repr(C)]
#[derive(Debug)]
pub struct InferenceResult {
    /// "pass", "fail" or "review".
    pub decision: *const c_char,
    /// 0..1.
    pub confidence: f32,
    /// 0..1.
    pub anomaly_score: f32,
    /// Milliseconds.
    pub inference_time_ms: f32,
    /// NULL or width * height values.
    pub anomaly_map: *mut f32,
    /// Cells.
    pub anomaly_map_width: i32,
    /// Cells.
    pub anomaly_map_height: i32,
    /// NULL or six values a box.
    pub bboxes: *mut f32,
    /// Boxes.
    pub num_bboxes: i32,
    /// NULL or width * height * 3 bytes.
    pub visualization: *mut u8,
    /// Pixels.
    pub viz_width: i32,
    /// Pixels.
    pub viz_height: i32,
    /// NULL or a JSON object.
    pub details_json: *mut c_char,
}

impl InferenceResult {
    /// What the host gets before anything is known, and after a failure.
    pub const EMPTY: Self = Self {
        decision: ptr::null(),
        confidence: 0.0,
        anomaly_score: 0.0,
        inference_time_ms: 0.0,
        anomaly_map: ptr::null_mut(),
        anomaly_map_width: 0,
        anomaly_map_height: 0,
        bboxes: ptr::null_mut(),
        num_bboxes: 0,
        visualization: ptr::null_mut(),
        viz_width: 0,
        viz_height: 0,
        details_json: ptr::null_mut(),
    };
}

/// `MVASPluginInfo`: who the plugin is.
#[repr(C)]
#[derive(Debug)]
pub struct PluginInfo {
    /// Not empty.
    pub name: *const c_char,
    /// Not empty.
    pub version: *const c_char,
    /// May be NULL.
    pub author: *const c_char,
    /// May be NULL.
    pub description: *const c_char,
    /// A word of the contract.
    pub model_type: *const c_char,
    /// Pixels.
    pub input_width: i32,
    /// Pixels.
    pub input_height: i32,
    /// A word of the contract.
    pub input_format: *const c_char,
}

// SAFETY: it is made by `Info::to_abi` alone, whose pointers are to text that lives as long as the library and never changes.
unsafe impl Sync for PluginInfo {}

/// `MVASConfigParam`: one setting as text.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct ConfigParam {
    /// Name of the setting.
    pub key: *const c_char,
    /// Its value.
    pub value: *const c_char,
}

macro_rules! layout {
    ($struct:ty, $size:literal, $($field:ident: $offset:literal),+) => {
        const _: () = assert!(size_of::<$struct>() == $size);
        $(const _: () = assert!(offset_of!($struct, $field) == $offset);)+
    };
}

#[cfg(target_pointer_width = "64")]
mod frozen {
    use super::*;
    layout!(Image, 32, data: 0, width: 8, height: 12, channels: 16, stride: 20, format: 24);
    layout!(InferenceResult, 80, decision: 0, confidence: 8, anomaly_score: 12, inference_time_ms: 16, anomaly_map: 24,
        anomaly_map_width: 32, anomaly_map_height: 36, bboxes: 40, num_bboxes: 48, visualization: 56, viz_width: 64, viz_height: 68,
        details_json: 72);
    layout!(PluginInfo, 56, name: 0, version: 8, author: 16, description: 24, model_type: 32, input_width: 40, input_height: 44,
        input_format: 48);
    layout!(ConfigParam, 16, key: 0, value: 8);
}
