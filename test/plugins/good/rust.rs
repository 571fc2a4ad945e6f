// A correct plugin in plain Rust: extern "C" functions over the header's structs, without any crate.
use std::cell::UnsafeCell;
use std::ffi::{CStr, CString};
use std::io::ErrorKind;
use std::os::raw::c_char;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::{null, null_mut};
use std::sync::{Mutex, MutexGuard, PoisonError};

#[repr(C)]
pub struct Image {
    data: *const u8,
    width: i32,
    height: i32,
    channels: i32,
    stride: i32,
    format: *const c_char,
}

#[repr(C)]
pub struct Inspection {
    decision: *const c_char,
    confidence: f32,
    anomaly_score: f32,
    inference_time_ms: f32,
    anomaly_map: *mut f32,
    anomaly_map_width: i32,
    anomaly_map_height: i32,
    bboxes: *mut f32,
    num_bboxes: i32,
    visualization: *mut u8,
    viz_width: i32,
    viz_height: i32,
    details_json: *mut c_char,
}

#[repr(C)]
pub struct Info {
    name: *const c_char,
    version: *const c_char,
    author: *const c_char,
    description: *const c_char,
    model_type: *const c_char,
    input_width: i32,
    input_height: i32,
    input_format: *const c_char,
}
unsafe impl Sync for Info {} // it points to literals

struct Model {
    gain: i32,
    offset: i32,
}

type Failure = (i32, String);
const INIT_FAILED: i32 = -1;
const MODEL_NOT_FOUND: i32 = -2;
const INVALID_INPUT: i32 = -3;
const INFERENCE: i32 = -4;
const NOT_INITIALIZED: i32 = -5;
const UNSUPPORTED: i32 = -7;
const CELLS: i32 = 10;

const fn literal(text: &'static [u8]) -> *const c_char {
    text.as_ptr() as *const c_char
}

static INFO: Info = Info {
    name: literal(b"Plain Rust brightness\0"),
    version: literal(b"1.0.0\0"),
    author: null(),
    description: null(),
    model_type: literal(b"anomaly_detection\0"),
    input_width: 60,
    input_height: 40,
    input_format: literal(b"RGB\0"),
};
static MODEL: Mutex<Option<Model>> = Mutex::new(None);


thread_local!(static ERROR: UnsafeCell<[u8; 256]> = const { UnsafeCell::new([0; 256]) }); // nothing to drop, or the library stays loaded

fn remember(text: &str) {
    let end = (0..=text.len().min(255)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    ERROR.with(|buffer| {
        let bytes = unsafe { &mut *buffer.get() };
        bytes[..end].copy_from_slice(&text.as_bytes()[..end]);
        bytes[end] = 0;
    });
}

/// Runs the body of an export: a failure or panic becomes a code and a text.
fn guarded(body: impl FnOnce() -> Result<(), Failure>) -> i32 {
    let (code, text) = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => (0, String::new()),
        Ok(Err(failure)) => failure,
        Err(_) => (INFERENCE, "the plugin panicked".into()),
    };
    remember(&text);
    code
}

fn model() -> MutexGuard<'static, Option<Model>> {
    MODEL.lock().unwrap_or_else(PoisonError::into_inner)
}

fn text_of<'a>(pointer: *const c_char) -> &'a str {
    if pointer.is_null() { "" } else { unsafe { CStr::from_ptr(pointer) }.to_str().unwrap_or("") }
}

fn load(path: &str) -> Result<Model, Failure> {
    let missing = || (MODEL_NOT_FOUND, format!("there is no model file {path}"));
    let damaged = || (INIT_FAILED, format!("{path} is no brightness model"));
    if path.is_empty() {
        return Err(missing());
    }
    let is_below_file = |error: &std::io::Error| cfg!(unix) && error.raw_os_error() == Some(20); // ENOTDIR
    let is_missing = |error: &std::io::Error| error.kind() == ErrorKind::NotFound || is_below_file(error);
    let text = std::fs::read_to_string(path).map_err(|error| if is_missing(&error) { missing() } else { damaged() })?;
    let body = text.strip_prefix("mvas brightness model 1\n").and_then(|rest| rest.strip_suffix("\nend\n")).ok_or_else(damaged)?;
    let (gain, offset) = body.split_once(' ').ok_or_else(damaged)?;
    let number = |word: &str| word.parse::<i32>().map_err(|_| damaged());
    Ok(Model { gain: number(gain)?, offset: number(offset)? })
}

fn trimmed(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !b" \t\r\n".contains(byte)).unwrap_or(text.len());
    &text[start..]
}

/// Walks over one JSON value and returns what follows it.
fn skip_json(text: &[u8], depth: u32) -> Option<&[u8]> {
    let text = trimmed(text);
    let (&first, rest) = text.split_first()?;
    match first {
        b'{' | b'[' if depth < 64 => skip_members(rest, first, depth),
        b'"' => skip_string(rest),
        b't' => text.strip_prefix(b"true"),
        b'f' => text.strip_prefix(b"false"),
        b'n' => text.strip_prefix(b"null"),
        b'-' | b'0'..=b'9' => {
            let end = text.iter().position(|byte| !b"+-.eE0123456789".contains(byte)).unwrap_or(text.len());
            let word = std::str::from_utf8(&text[..end]).ok()?;
            let digits = word.strip_prefix('-').unwrap_or(word).as_bytes();
            let zero_first = digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit();
            (word.parse::<f64>().is_ok() && !zero_first && digits[0].is_ascii_digit()).then_some(&text[end..])
        }
        _ => None,
    }
}

fn skip_members(mut text: &[u8], open: u8, depth: u32) -> Option<&[u8]> {
    let close = if open == b'{' { b'}' } else { b']' };
    if let Some((&byte, rest)) = trimmed(text).split_first() {
        if byte == close {
            return Some(rest);
        }
    }
    loop {
        if open == b'{' {
            text = trimmed(skip_string(trimmed(text).strip_prefix(b"\"")?)?).strip_prefix(b":")?;
        }
        let (&after, rest) = trimmed(skip_json(text, depth + 1)?).split_first()?;
        if after == close {
            return Some(rest);
        }
        text = (after == b',').then_some(rest)?;
    }
}

fn skip_string(text: &[u8]) -> Option<&[u8]> {
    let mut escaped = false;
    let end = text.iter().position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    text[..end].iter().all(|&byte| byte >= 0x20).then_some(&text[end + 1..])
}

fn is_object(text: &str) -> bool {
    let bytes = trimmed(text.as_bytes());
    bytes.is_empty() || (bytes[0] == b'{' && skip_json(bytes, 0).map_or(false, |rest| trimmed(rest).is_empty()))
}

fn is_bad(image: &Image) -> Option<(i32, &'static str)> {
    if image.data.is_null() || image.format.is_null() {
        return Some((INVALID_INPUT, "the image's data or format is NULL"));
    }
    let format = text_of(image.format);
    let channels = match (format, image.channels) {
        ("RGB", 1) | ("GRAY", _) => 1,
        ("RGB", 4) | ("RGBA", _) => 4,
        ("RGB" | "BGR", _) => 3,
        _ => return Some((UNSUPPORTED, "the format is unknown")),
    };
    let (width, height, bytes) = (i64::from(image.width), i64::from(image.height), i64::from(channels));
    if width <= 0 || height <= 0 {
        Some((INVALID_INPUT, "the image has no size"))
    } else if channels != image.channels {
        Some((INVALID_INPUT, "the channels do not fit the format"))
    } else if i64::from(image.stride) < width * bytes {
        Some((INVALID_INPUT, "the stride is shorter than a row"))
    } else if width * bytes > i64::from(i32::MAX) / height {
        Some((INVALID_INPUT, "the image is too large"))
    } else {
        None
    }
}

fn brightness(image: &Image, model: &Model, column: i32, row: i32) -> f32 {
    let at = |cell: i32, size: i32| (i64::from(cell) * i64::from(size) / i64::from(CELLS)) as usize;
    let (x, y) = (at(column, image.width), at(row, image.height));
    let pixel = |channel: usize| i32::from(unsafe { *image.data.add(y * image.stride as usize + x * image.channels as usize + channel) });
    let (red, blue) = if text_of(image.format) == "BGR" { (2, 0) } else { (0, 2) };
    let grey = if image.channels == 1 { pixel(0) } else { (4899 * pixel(red) + 9617 * pixel(1) + 1868 * pixel(blue) + 8192) >> 14 };
    (i64::from(grey) * i64::from(model.gain) / 256 + i64::from(model.offset)).clamp(0, 255) as f32 / 255.0
}

fn hand_over<T>(values: Vec<T>) -> *mut T {
    Box::into_raw(values.into_boxed_slice()).cast()
}

/// Takes back `length` values; NULL is none.
unsafe fn take_back<T>(pointer: *mut T, length: usize) {
    if !pointer.is_null() {
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(pointer, length)) });
    }
}

const EMPTY: Inspection = Inspection {
    decision: null(),
    confidence: 0.0,
    anomaly_score: 0.0,
    anomaly_map: null_mut(),
    anomaly_map_width: 0,
    anomaly_map_height: 0,
    bboxes: null_mut(),
    num_bboxes: 0,
    visualization: null_mut(),
    viz_width: 0,
    viz_height: 0,
    inference_time_ms: 0.0,
    details_json: null_mut(),
};

fn inspect(image: &Image, model: &Model) -> Inspection {
    let map: Vec<f32> = (0..CELLS * CELLS).map(|cell| brightness(image, model, cell % CELLS, cell / CELLS)).collect();
    let score = map.iter().sum::<f32>() / map.len() as f32;
    let decision: &[u8] = if score > 0.6 { b"fail\0" } else if score > 0.4 { b"review\0" } else { b"pass\0" };
    let details = CString::new(format!("{{\"brightness\": {score:.4}}}")).unwrap_or_default();
    Inspection {
        decision: literal(decision),
        confidence: score.max(1.0 - score).min(1.0),
        anomaly_score: score.min(1.0),
        anomaly_map: hand_over(map),
        anomaly_map_width: CELLS,
        anomaly_map_height: CELLS,
        bboxes: hand_over(vec![0.0, 0.0, image.width as f32, image.height as f32, score.min(1.0), 0.0]),
        num_bboxes: 1,
        details_json: details.into_raw(),
        ..EMPTY
    }
}

#[no_mangle]
pub extern "C" fn mvas_get_info() -> *const Info {
    &INFO
}

#[no_mangle]
pub extern "C" fn mvas_get_error() -> *const c_char {
    ERROR.with(|buffer| buffer.get() as *const c_char)
}

#[no_mangle]
pub extern "C" fn mvas_init(model_path: *const c_char, config_json: *const c_char) -> i32 {
    guarded(|| {
        let loaded = load(text_of(model_path))?;
        if !config_json.is_null() && unsafe { CStr::from_ptr(config_json) }.to_str().map_or(true, |text| !is_object(text)) {
            return Err((INVALID_INPUT, "the configuration is no JSON object".into()));
        }
        *model() = Some(loaded);
        Ok(())
    })
}

#[no_mangle]
pub extern "C" fn mvas_cleanup() {
    *model() = None;
}

/// # Safety
/// The pointers are NULL or valid, as the contract says.
#[no_mangle]
pub unsafe extern "C" fn mvas_infer(image: *const Image, result: *mut Inspection) -> i32 {
    guarded(|| {
        let held = model();
        let ready = held.as_ref().ok_or((NOT_INITIALIZED, "the plugin is not initialised".to_string()))?;
        if result.is_null() {
            return Err((INVALID_INPUT, "result is NULL".into()));
        }
        unsafe { result.write(EMPTY) };
        let image = unsafe { image.as_ref() }.ok_or((INVALID_INPUT, "image is NULL".to_string()))?;
        if let Some((code, text)) = is_bad(image) {
            return Err((code, text.into()));
        }
        unsafe { result.write(inspect(image, ready)) };
        Ok(())
    })
}

/// # Safety
/// The result is NULL, zeroed or one of `mvas_infer`.
#[no_mangle]
pub unsafe extern "C" fn mvas_free_result(result: *mut Inspection) {
    if let Some(result) = unsafe { result.as_mut() } {
        unsafe {
            take_back(result.anomaly_map, (result.anomaly_map_width * result.anomaly_map_height) as usize);
            take_back(result.bboxes, result.num_bboxes as usize * 6);
            if !result.details_json.is_null() {
                drop(CString::from_raw(result.details_json));
            }
        }
        *result = EMPTY;
    }
}
