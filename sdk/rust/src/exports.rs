//! The functions of the contract over an author's type: arguments, states, panics, ownership, once for all plugins.
use std::ffi::{c_char, CStr, CString};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::path::Path;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::abi::{self, ConfigParam, InferenceResult};
use crate::config::Config;
use crate::error::{Code, Error, Result};
use crate::error_text;
use crate::image::{Format, Image, ImageView};
use crate::image_check::check_image;
use crate::inspection::free_result;
use crate::model_file::check_model;
use crate::plugin::Plugin;

/// The state behind one library. Nothing of it runs at load or exit; the lock costs nanoseconds and makes even a host that
/// breaks the rule of one call at a time harmless.
pub struct Exports<P> {
    loaded: Mutex<Option<Loaded<P>>>,
}

/// The plugin is dropped before its configuration.
struct Loaded<P> {
    plugin: P,
    config: Config,
    text: CString,
}

impl<P: Plugin> Exports<P> {
    /// Unloaded.
    #[allow(clippy::new_without_default)] // it is for one static
    pub const fn new() -> Self {
        assert!(P::MAX_BATCH >= 1, "MAX_BATCH must be at least 1");
        Self { loaded: Mutex::new(None) }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Loaded<P>>> {
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `action` on the plugin in the state ready, else `NotInitialized`.
    fn ready(&self, unknown: Code, action: impl FnOnce(&mut Loaded<P>) -> Result<()>) -> i32 {
        guard(unknown, || match self.lock().as_mut() {
            Some(loaded) => action(loaded),
            None => Err(Error::new(Code::NotInitialized, "Plugin not initialized")),
        })
    }

    /// # Safety
    /// The pointers are NULL or texts that end in NUL.
    pub unsafe fn init(&self, model_path: *const c_char, config_json: *const c_char) -> i32 {
        guard(Code::InitFailed, || {
            // SAFETY: the caller's promise.
            let (path, config) = unsafe { (text_at(model_path), text_at(config_json)) };
            let config = config.map_err(|_| Error::new(Code::InvalidInput, "configuration must be UTF-8 text"))?;
            let mut config = Config::parse(config)?;
            let path = Path::new(path.map_err(|_| Error::new(Code::ModelNotFound, "Failed to open model file: its path is not UTF-8"))?);
            if P::NEEDS_MODEL {
                check_model(path)?;
            }
            let plugin = P::init(path, &mut config)?;
            let before = self.lock().replace(Loaded { plugin, config, text: CString::default() });
            drop(before); // after the lock: what an author's drop does is not known
            Ok(())
        })
    }

    /// # Safety
    /// The pointers are NULL or structs as the contract says.
    pub unsafe fn infer(&self, image: *const abi::Image, result: *mut InferenceResult) -> i32 {
        // SAFETY: the caller's promise; the write does not read what was there.
        unsafe { empty(result, 1) };
        self.ready(Code::Inference, |loaded| {
            if result.is_null() {
                return Err(Error::new(Code::InvalidInput, "result is NULL"));
            }
            let start = Instant::now();
            // SAFETY: the caller's promise.
            let view = unsafe { check_image(image, accepts::<P>) }?;
            let found = loaded.plugin.infer(view)?;
            let filled = found.hand_over((view.width(), view.height()), milliseconds_since(start))?;
            // SAFETY: not NULL, so it is the host's struct.
            unsafe { result.write(filled) };
            Ok(())
        })
    }

    /// # Safety
    /// The pointers are NULL or `count` structs each, as the contract says.
    pub unsafe fn infer_batch(&self, images: *const abi::Image, count: i32, results: *mut InferenceResult) -> i32 {
        // SAFETY: the caller's promise.
        unsafe { empty(results, usize::try_from(count).unwrap_or(0)) };
        self.ready(Code::Inference, |loaded| {
            let count = checked_count(count, !images.is_null() && !results.is_null(), "images")?;
            if count > P::MAX_BATCH {
                return Err(Error::new(Code::Unsupported, format!("{count} images, at most {}", P::MAX_BATCH)));
            }
            let start = Instant::now();
            // SAFETY: the caller's promise: `count` structs are there.
            let views: Result<Vec<ImageView<'_>>> = (0..count).map(|at| unsafe { check_image(images.add(at), accepts::<P>) }).collect();
            let mut filled = Filled(Vec::with_capacity(count));
            loaded.run_batch(&views?, start, &mut filled)?;
            for (at, result) in filled.0.drain(..).enumerate() {
                // SAFETY: as above.
                unsafe { results.add(at).write(result) };
            }
            Ok(())
        })
    }

    /// # Safety
    /// `params` is NULL or `count` structs of texts that end in NUL, or NULL.
    pub unsafe fn set_config(&self, params: *const ConfigParam, count: i32) -> i32 {
        self.ready(Code::InvalidInput, |loaded| {
            let count = checked_count(count, !params.is_null(), "configuration entries")?;
            // SAFETY: the caller's promise.
            loaded.config.set((0..count).map(|at| unsafe { entry_at(params, at) }))
        })
    }

    /// All settings as JSON, valid until the next call; NULL in the state unloaded, where the plugin has declared nothing yet.
    pub fn get_config(&self) -> *const c_char {
        let text = catch_unwind(AssertUnwindSafe(|| {
            let mut held = self.lock();
            let loaded = held.as_mut()?;
            loaded.text = CString::new(loaded.config.text()).ok()?; // JSON escapes NUL, so there is none
            Some(loaded.text.as_ptr())
        }));
        text.ok().flatten().unwrap_or(ptr::null())
    }

    /// Inspects a grey picture that often.
    pub fn warmup(&self, iterations: i32) -> i32 {
        self.ready(Code::Inference, |loaded| {
            if iterations < 0 {
                return Err(Error::new(Code::InvalidInput, format!("{iterations} iterations")));
            }
            if iterations == 0 {
                return Ok(());
            }
            let (width, height) = P::INFO.input_size();
            let mut grey = Image::new(width, height, P::INFO.input_format())?;
            grey.bytes_mut().fill(128);
            (0..iterations).try_for_each(|_| loaded.plugin.warmup(grey.view()))
        })
    }

    /// Drops the plugin, in any state.
    pub fn cleanup(&self) {
        error_text::watch_panics();
        let before = self.lock().take();
        // There is no code to return: a drop that panics has ended what it could.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(before)));
    }
}

impl<P: Plugin> Loaded<P> {
    fn run_batch(&mut self, views: &[ImageView<'_>], start: Instant, filled: &mut Filled) -> Result<()> {
        if views.is_empty() {
            return Ok(());
        }
        let found = self.plugin.infer_batch(views)?;
        if found.len() != views.len() {
            return Err(Error::new(Code::Inference, "the batch returned another number of results than images"));
        }
        let each = milliseconds_since(start) / views.len() as f32;
        for (found, view) in found.into_iter().zip(views) {
            filled.0.push(found.hand_over((view.width(), view.height()), each)?);
        }
        Ok(())
    }
}

/// Results that the host does not have yet: a failure releases them.
struct Filled(Vec<InferenceResult>);

impl Drop for Filled {
    fn drop(&mut self) {
        // SAFETY: they are of `hand_over`, and nobody else has seen them.
        self.0.iter_mut().for_each(|result| unsafe { free_result(result) });
    }
}

/// Releases a result.
///
/// # Safety
/// It is NULL, zeroed, or of infer or infer_batch.
pub unsafe fn free(result: *mut InferenceResult) {
    // SAFETY: the caller's promise.
    if let Some(result) = unsafe { result.as_mut() } {
        // SAFETY: as above.
        unsafe { free_result(result) };
    }
}

/// Why the last call that returns a code failed on this thread.
pub fn get_error() -> *const c_char {
    error_text::pointer()
}

/// Runs the body of an export: a failure or a panic becomes a code and a text.
fn guard(unknown: Code, body: impl FnOnce() -> Result<()>) -> i32 {
    error_text::watch_panics();
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => {
            error_text::set(format_args!(""));
            abi::OK
        }
        Ok(Err(error)) => {
            error_text::set(format_args!("{error}"));
            error.code() as i32
        }
        Err(payload) => {
            // The hook has kept its text; a payload whose drop panics again is left alone.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(payload))).map_err(std::mem::forget);
            unknown as i32
        }
    }
}

fn accepts<P: Plugin>(format: Format) -> bool {
    format == P::INFO.input_format() || P::FORMATS.contains(&format)
}

fn milliseconds_since(start: Instant) -> f32 {
    start.elapsed().as_secs_f32() * 1000.0
}

fn checked_count(count: i32, given: bool, what: &str) -> Result<usize> {
    match usize::try_from(count) {
        Ok(0) => Ok(0),
        Ok(some) if given => Ok(some),
        Ok(_) => Err(Error::new(Code::InvalidInput, format!("{count} {what}, but the array is NULL"))),
        Err(_) => Err(Error::new(Code::InvalidInput, format!("{count} {what}"))),
    }
}

/// # Safety
/// `results` is NULL or `count` structs to write.
unsafe fn empty(results: *mut InferenceResult, count: usize) {
    for at in 0..if results.is_null() { 0 } else { count } {
        // SAFETY: the caller's promise.
        unsafe { results.add(at).write(InferenceResult::EMPTY) };
    }
}

/// "" for NULL.
///
/// # Safety
/// NULL or a text that ends in NUL and lives for `'a`.
unsafe fn text_at<'a>(text: *const c_char) -> std::result::Result<&'a str, std::str::Utf8Error> {
    if text.is_null() {
        return Ok("");
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(text) }.to_str()
}

/// # Safety
/// `params` has more than `at` entries, whose pointers are NULL or texts that end in NUL.
unsafe fn entry_at<'a>(params: *const ConfigParam, at: usize) -> Result<(&'a str, &'a str)> {
    // SAFETY: the caller's promise.
    let ConfigParam { key, value } = unsafe { *params.add(at) };
    if key.is_null() || value.is_null() {
        return Err(Error::new(Code::InvalidInput, format!("configuration entry {at} has a NULL key or value")));
    }
    // SAFETY: the caller's promise.
    match unsafe { (text_at(key), text_at(value)) } {
        (Ok(key), Ok(value)) => Ok((key, value)),
        (Err(_), _) => Err(Error::new(Code::Unsupported, format!("configuration entry {at} has a key that is not UTF-8"))),
        (_, Err(_)) => Err(Error::new(Code::InvalidInput, format!("configuration entry {at} has a value that is not UTF-8"))),
    }
}

/// Defines all functions of the contract for one type; write it once, in the crate of the `cdylib`.
#[macro_export]
macro_rules! export {
    ($plugin:ty) => {
        const _: () = {
            use $crate::abi::{ConfigParam, Image, InferenceResult, PluginInfo};
            use $crate::exports::{self, Exports};
            type CChar = ::std::ffi::c_char;

            static INFO: PluginInfo = <$plugin as $crate::Plugin>::INFO.to_abi();
            static EXPORTS: Exports<$plugin> = Exports::new();

            #[no_mangle]
            extern "C" fn mvas_get_info() -> *const PluginInfo {
                &INFO
            }
            #[no_mangle]
            unsafe extern "C" fn mvas_init(model_path: *const CChar, config_json: *const CChar) -> i32 {
                unsafe { EXPORTS.init(model_path, config_json) }
            }
            #[no_mangle]
            unsafe extern "C" fn mvas_infer(image: *const Image, result: *mut InferenceResult) -> i32 {
                unsafe { EXPORTS.infer(image, result) }
            }
            #[no_mangle]
            unsafe extern "C" fn mvas_infer_batch(images: *const Image, num_images: i32, results: *mut InferenceResult) -> i32 {
                unsafe { EXPORTS.infer_batch(images, num_images, results) }
            }
            #[no_mangle]
            unsafe extern "C" fn mvas_set_config(params: *const ConfigParam, num_params: i32) -> i32 {
                unsafe { EXPORTS.set_config(params, num_params) }
            }
            #[no_mangle]
            extern "C" fn mvas_get_config() -> *const CChar {
                EXPORTS.get_config()
            }
            #[no_mangle]
            extern "C" fn mvas_warmup(iterations: i32) -> i32 {
                EXPORTS.warmup(iterations)
            }
            #[no_mangle]
            extern "C" fn mvas_cleanup() {
                EXPORTS.cleanup();
            }
            #[no_mangle]
            unsafe extern "C" fn mvas_free_result(result: *mut InferenceResult) {
                unsafe { exports::free(result) }
            }
            #[no_mangle]
            extern "C" fn mvas_get_error() -> *const CChar {
                exports::get_error()
            }
            #[no_mangle]
            extern "C" fn mvas_abi_version() -> u32 {
                $crate::abi::VERSION
            }
        };
    };
}
