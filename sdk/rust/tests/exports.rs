//! The functions of the contract over a plugin that does what it is told, called as a host calls them.
#![allow(clippy::undocumented_unsafe_blocks)] // every call gives the pointers that the contract asks for
use std::ffi::{c_char, CStr, CString};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use mvas_plugin::abi::{ConfigParam, Image, InferenceResult, PluginInfo};
use mvas_plugin::{
    BoundingBox, Code, Config, Decision, Error, Format, ImageView, Info, Inspection, ModelType, Path, Plane, Plugin, Result, Setting,
};

static ALIVE: AtomicUsize = AtomicUsize::new(0);

/// The host's first pixel says how to behave.
struct Obedient {
    mood: Setting<String>,
    threshold: Setting<f32>,
}

impl Plugin for Obedient {
    const INFO: Info = Info::new(c"Obedient", c"1.0.0", ModelType::AnomalyDetection, 4, 4, Format::Gray).author(c"Tests");
    const FORMATS: &'static [Format] = &[Format::Rgb];
    const NEEDS_MODEL: bool = false;
    const MAX_BATCH: usize = 3;

    fn init(_model: &Path, config: &mut Config) -> Result<Self> {
        let mood = config.string("mood", "good", "")?;
        let threshold = config.float("threshold", 0.5, 0.0..=1.0, "")?;
        assert_ne!(mood.get(), "panic", "init was told to");
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Ok(Self { mood, threshold })
    }

    fn infer(&mut self, image: ImageView<'_>) -> Result<Inspection> {
        match image.gray(0, 0) {
            1 => return Err(Error::new(Code::Unsupported, "told to refuse")),
            2 => panic!("told to {}", "panic"),
            3 => return Ok(Inspection { score: f32::NAN, ..Inspection::default() }),
            4 => return Err(Error::out_of_memory()),
            _ => {}
        }
        let score = f32::from(image.gray(0, 0)) / 255.0;
        let decision = if score >= self.threshold.get() { Decision::Fail } else { Decision::Pass };
        let mut found = Inspection { decision, score, confidence: 1.0, ..Inspection::default() };
        found.map = Some(Plane::from_slice(&[score; 6], 3, 2)?);
        found.boxes.push(BoundingBox { x2: 1.0, y2: 1.0, score, ..BoundingBox::default() });
        found.details.set("mood", self.mood.get());
        Ok(found)
    }
}

impl Drop for Obedient {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
        assert_ne!(self.mood.get(), "grumpy", "drop was told to");
    }
}

mvas_plugin::export!(Obedient);

extern "C" {
    fn mvas_get_info() -> *const PluginInfo;
    fn mvas_init(model_path: *const c_char, config_json: *const c_char) -> i32;
    fn mvas_infer(image: *const Image, result: *mut InferenceResult) -> i32;
    fn mvas_infer_batch(images: *const Image, num_images: i32, results: *mut InferenceResult) -> i32;
    fn mvas_set_config(params: *const ConfigParam, num_params: i32) -> i32;
    fn mvas_get_config() -> *const c_char;
    fn mvas_warmup(iterations: i32) -> i32;
    fn mvas_cleanup();
    fn mvas_free_result(result: *mut InferenceResult);
    fn mvas_get_error() -> *const c_char;
    fn mvas_abi_version() -> u32;
}

/// One test at a time, as the contract has it, from the state unloaded to the state unloaded.
struct Host(#[allow(dead_code)] MutexGuard<'static, ()>);

impl Host {
    fn start() -> Self {
        static ONE: Mutex<()> = Mutex::new(());
        let host = Self(ONE.lock().unwrap_or_else(PoisonError::into_inner));
        unsafe { mvas_cleanup() };
        host
    }

    fn init(&self, config: &str) -> i32 {
        let config = CString::new(config).unwrap();
        unsafe { mvas_init(ptr::null(), config.as_ptr()) }
    }

    fn infer(&self, pixel: u8) -> (i32, InferenceResult) {
        let pixels = [pixel; 4];
        let mut result = poisoned();
        let code = unsafe { mvas_infer(&image_of(&pixels), &mut result) };
        (code, result)
    }

    fn set(&self, entries: &[(&CStr, &CStr)]) -> i32 {
        let params: Vec<_> = entries.iter().map(|(key, value)| ConfigParam { key: key.as_ptr(), value: value.as_ptr() }).collect();
        unsafe { mvas_set_config(params.as_ptr(), params.len() as i32) }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        unsafe { mvas_cleanup() };
        assert_eq!(ALIVE.load(Ordering::SeqCst), 0);
    }
}

fn image_of(pixels: &[u8; 4]) -> Image {
    Image { data: pixels.as_ptr(), width: 2, height: 2, channels: 1, stride: 2, format: c"GRAY".as_ptr() }
}

/// What a host may leave in its struct.
fn poisoned() -> InferenceResult {
    InferenceResult { bboxes: ptr::NonNull::dangling().as_ptr(), num_bboxes: 77, details_json: 8 as *mut c_char, ..InferenceResult::EMPTY }
}

fn error() -> String {
    unsafe { CStr::from_ptr(mvas_get_error()) }.to_str().unwrap().into()
}

fn config() -> String {
    unsafe { CStr::from_ptr(mvas_get_config()) }.to_str().unwrap().into()
}

#[test]
fn the_info_is_the_same_at_any_time() {
    let host = Host::start();
    let info = unsafe { &*mvas_get_info() };
    assert_eq!(unsafe { CStr::from_ptr(info.name) }, c"Obedient");
    assert_eq!(unsafe { CStr::from_ptr(info.author) }, c"Tests");
    assert!(info.description.is_null());
    assert_eq!((info.input_width, info.input_height, unsafe { mvas_abi_version() }), (4, 4, 0x0002_0000));
    assert_eq!(host.init(""), 0);
    assert!(ptr::eq(info, unsafe { mvas_get_info() }));
}

#[test]
fn before_init_and_after_cleanup_every_call_says_so() {
    let host = Host::start();
    for _ in 0..2 {
        let (code, result) = host.infer(9);
        assert_eq!((code, error().as_str()), (-5, "Plugin not initialized"));
        assert!(result.bboxes.is_null() && result.details_json.is_null() && result.num_bboxes == 0);
        assert_eq!([host.set(&[]), unsafe { mvas_warmup(1) }, unsafe { mvas_infer_batch(ptr::null(), -1, ptr::null_mut()) }], [-5; 3]);
        assert!(unsafe { mvas_get_config() }.is_null());
        assert_eq!(host.init("{}"), 0);
        unsafe { mvas_cleanup() };
    }
}

#[test]
fn a_result_reaches_the_host_and_is_released() {
    let host = Host::start();
    assert_eq!(host.init("{\"mood\": \"sunny\"}"), 0);
    let (code, mut result) = host.infer(255);
    assert_eq!((code, error().as_str()), (0, ""));
    assert_eq!(unsafe { CStr::from_ptr(result.decision) }, c"fail");
    assert_eq!((result.anomaly_map_width, result.anomaly_map_height, result.num_bboxes), (3, 2, 1));
    assert_eq!(unsafe { *result.anomaly_map.add(5) }, 1.0);
    assert_eq!(unsafe { CStr::from_ptr(result.details_json) }, c"{\"mood\": \"sunny\"}");
    assert!(result.inference_time_ms >= 0.0);
    unsafe {
        mvas_cleanup(); // results outlive it
        mvas_free_result(&mut result);
        mvas_free_result(&mut result);
        mvas_free_result(ptr::null_mut());
    }
    assert!(result.anomaly_map.is_null() && result.decision.is_null());
}

#[test]
fn failures_and_panics_become_codes_with_texts_and_leave_the_plugin_ready() {
    let host = Host::start();
    assert_eq!(host.init(""), 0);
    let cases = [(1, -7, "told to refuse"), (3, -4, "the anomaly score is not a number"), (4, -6, "out of memory")];
    for (pixel, code, text) in cases {
        assert_eq!((host.infer(pixel).0, error().as_str()), (code, text));
    }
    let (code, result) = host.infer(2);
    assert_eq!(code, -4);
    assert!(
        error().starts_with("the plugin panicked at ") && error().contains("exports.rs:") && error().ends_with(": told to panic"),
        "{}",
        error()
    );
    assert!(result.anomaly_map.is_null() && result.num_bboxes == 0);
    unsafe { mvas_free_result(&mut host.infer(9).1) };
    assert_eq!(error(), "");
}

#[test]
fn an_init_that_fails_keeps_the_old_one_and_one_that_succeeds_replaces_it() {
    let host = Host::start();
    assert_eq!((host.init("{\"mood\": \"panic\"}"), host.infer(9).0), (-1, -5));
    assert_eq!(host.init("{\"mood\": \"old\"}"), 0);
    for (bad, code) in [("{\"mood\": \"panic\"}", -1), ("{\"mood\": 1}", -3), ("[]", -3), ("{", -3), ("{\"threshold\": 1.5}", -3)] {
        assert_eq!((host.init(bad), config().as_str()), (code, "{\"mood\": \"old\", \"threshold\": 0.5}"));
    }
    assert_eq!((host.init("{\"mood\": \"new\"}"), ALIVE.load(Ordering::SeqCst)), (0, 1));
    assert!(config().contains("new"));
    assert_eq!(unsafe { mvas_init(c"\xFF".as_ptr(), c"\xFF".as_ptr()) }, -3);
    assert_eq!(unsafe { mvas_init(c"\xFF".as_ptr(), ptr::null()) }, -2);
}

#[test]
fn a_drop_that_panics_stays_inside() {
    let host = Host::start();
    assert_eq!(host.init("{\"mood\": \"grumpy\"}"), 0);
    unsafe { mvas_cleanup() };
    assert_eq!(host.infer(9).0, -5);
    assert_eq!((host.init("{\"mood\": \"grumpy\"}"), host.init("")), (0, -1));
    assert_eq!(host.infer(1).0, -7); // the new one is in place
}

#[test]
fn settings_change_all_at_once_or_not_at_all() {
    let host = Host::start();
    assert_eq!(host.init(""), 0);
    assert_eq!(host.set(&[(c"mood", c"calm"), (c"threshold", c"0.25"), (c"mood", c"wild")]), 0);
    assert_eq!(config(), "{\"mood\": \"wild\", \"threshold\": 0.25}");
    for (bad, code) in [((c"threshold", c"2"), -3), ((c"speed", c"2"), -7), ((c"mood", c"\xFF"), -3), ((c"\xFF", c"1"), -7)] {
        assert_eq!(host.set(&[(c"mood", c"gone"), bad]), code);
        assert_eq!(config(), "{\"mood\": \"wild\", \"threshold\": 0.25}");
    }
    let nothing = ConfigParam { key: c"mood".as_ptr(), value: ptr::null() };
    assert_eq!(unsafe { [mvas_set_config(&nothing, 1), mvas_set_config(ptr::null(), 1), mvas_set_config(ptr::null(), -1)] }, [-3; 3]);
    assert_eq!(unsafe { mvas_set_config(ptr::null(), 0) }, 0);
}

#[test]
fn a_batch_is_like_single_calls_and_fails_as_a_whole() {
    let host = Host::start();
    assert_eq!(host.init(""), 0);
    let pixels = [[9u8; 4], [200; 4], [2; 4], [1; 4]];
    let images: Vec<Image> = pixels.iter().map(image_of).collect();
    let mut results: Vec<InferenceResult> = (0..4).map(|_| poisoned()).collect();
    assert_eq!(unsafe { mvas_infer_batch(images.as_ptr(), 2, results.as_mut_ptr()) }, 0);
    assert!(results[0].anomaly_score < results[1].anomaly_score && results[0].anomaly_map != results[1].anomaly_map);
    results.iter_mut().take(2).for_each(|result| unsafe { mvas_free_result(result) });
    for (count, code) in [(3, -4), (4, -7), (-1, -3), (0, 0)] {
        assert_eq!(unsafe { mvas_infer_batch(images.as_ptr(), count, results.as_mut_ptr()) }, code);
        assert!(results.iter().take(3).all(|result| result.anomaly_map.is_null()));
    }
    assert_eq!(unsafe { mvas_infer_batch(ptr::null(), 1, results.as_mut_ptr()) }, -3);
}

#[test]
fn warming_up_inspects_a_grey_picture() {
    let host = Host::start();
    assert_eq!(host.init(""), 0);
    assert_eq!(unsafe { [mvas_warmup(0), mvas_warmup(2), mvas_warmup(-1)] }, [0, 0, -3]);
    assert_eq!(error(), "-1 iterations");
}

#[test]
fn null_where_a_struct_belongs_is_refused() {
    let host = Host::start();
    assert_eq!(host.init(""), 0);
    let mut result = poisoned();
    assert_eq!(unsafe { mvas_infer(ptr::null(), &mut result) }, -3);
    assert!(result.bboxes.is_null());
    assert_eq!(unsafe { mvas_infer(&image_of(&[9; 4]), ptr::null_mut()) }, -3);
    assert_eq!(error(), "result is NULL");
}

#[test]
fn any_thread_may_call_and_has_an_error_of_its_own() {
    let host = Host::start();
    assert_eq!(host.init(""), 0);
    assert_eq!(host.infer(1).0, -7);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(error(), "");
            assert_eq!((host.infer(3).0, error().as_str()), (-4, "the anomaly score is not a number"));
        });
    });
    assert_eq!(error(), "told to refuse");
}
