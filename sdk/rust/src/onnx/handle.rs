//! Things of ONNX Runtime's that are released by a function of its table, and its errors as ours.
use std::ffi::CStr;
use std::ptr;

use super::api::{Api, Status};
use crate::error::{Code, Error, Result};

/// Owns one thing.
pub(super) struct Handle<T> {
    pointer: *mut T,
    release: unsafe extern "system" fn(*mut T),
}

// SAFETY: ONNX Runtime's things may be used and released by any thread, one at a time.
unsafe impl<T> Send for Handle<T> {}

impl<T> Handle<T> {
    /// # Safety
    /// `pointer` is the one owner of something that `release` releases.
    pub(super) unsafe fn new(pointer: *mut T, release: unsafe extern "system" fn(*mut T)) -> Self {
        Self { pointer, release }
    }

    pub(super) fn get(&self) -> *mut T {
        self.pointer
    }
}

impl<T> Drop for Handle<T> {
    fn drop(&mut self) {
        // SAFETY: the constructor's promise.
        unsafe { (self.release)(self.pointer) };
    }
}

/// A call that made nothing of its own; `what` opens the error's text.
pub(super) fn check(api: &Api, status: *mut Status, code: Code, what: &str) -> Result<()> {
    if status.is_null() {
        return Ok(());
    }
    // SAFETY: a status that is not NULL is owned by the caller, and its text lives as long as it does.
    unsafe {
        let status = Handle::new(status, api.release_status);
        let text = CStr::from_ptr((api.get_error_message)(status.get())).to_string_lossy();
        Err(Error::new(code, format!("{what}: {text}")))
    }
}

/// Makes something that `release` releases; fails with `InitFailed`.
pub(super) fn make<T>(
    api: &Api,
    release: unsafe extern "system" fn(*mut T),
    what: &str,
    create: impl FnOnce(*mut *mut T) -> *mut Status,
) -> Result<Handle<T>> {
    let mut made = ptr::null_mut();
    check(api, create(&mut made), Code::InitFailed, what)?;
    // SAFETY: the call succeeded, so it made one and gave it to us.
    Ok(unsafe { Handle::new(made, release) })
}
