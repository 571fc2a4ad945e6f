//! Memory from malloc: it goes to the host without a copy, and mvas_free_result releases it by its pointer alone.
use std::ffi::c_void;
use std::mem::size_of;
use std::ops::{Deref, DerefMut};
use std::ptr::{self, NonNull};
use std::slice;

use crate::error::{Error, Result};

extern "C" {
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
}

/// Types whose bytes may be anything, zero included, and that malloc's alignment serves.
///
/// # Safety
/// Every bit pattern is a value, and the alignment is at most 8.
pub(crate) unsafe trait Plain: Copy + Send + Sync + 'static {}

// SAFETY: numbers, and bytes in a row.
unsafe impl Plain for u8 {}
// SAFETY: as above.
unsafe impl Plain for f32 {}
// SAFETY: as above; repr(C) of three bytes.
unsafe impl Plain for crate::image::Rgb {}

/// At least one value of `T`, owned.
pub(crate) struct Buffer<T> {
    data: NonNull<T>,
    length: usize,
}

// SAFETY: it owns its memory as a Vec does, and `Plain` types are Send and Sync.
unsafe impl<T: Plain> Send for Buffer<T> {}
// SAFETY: as above.
unsafe impl<T: Plain> Sync for Buffer<T> {}

impl<T: Plain> Buffer<T> {
    /// `length` zeroed values; fails with `OutOfMemory` instead of ending the process as a Vec does.
    pub(crate) fn zeroed(length: usize) -> Result<Self> {
        // SAFETY: calloc takes any sizes and fails on overflow; a size of 0 is not asked for.
        let data = unsafe { calloc(length.max(1), size_of::<T>()) };
        NonNull::new(data.cast()).map(|data| Self { data, length }).ok_or_else(Error::out_of_memory)
    }

    pub(crate) fn copy_of(values: &[T]) -> Result<Self> {
        let mut buffer = Self::zeroed(values.len())?;
        buffer.copy_from_slice(values);
        Ok(buffer)
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        self.data.as_ptr()
    }

    /// Hands the memory over; it must come back to [`release`].
    pub(crate) fn into_raw(self) -> *mut T {
        let data = self.data.as_ptr();
        std::mem::forget(self);
        data
    }
}

impl<T> Drop for Buffer<T> {
    fn drop(&mut self) {
        // SAFETY: the pointer is calloc's, and this is its only owner.
        unsafe { free(self.data.as_ptr().cast()) };
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        // SAFETY: `length` values were zeroed by calloc, which is a value of every `Plain` type.
        unsafe { slice::from_raw_parts(self.data.as_ptr(), self.length) }
    }
}

impl<T> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as above, and the buffer is borrowed mutably.
        unsafe { slice::from_raw_parts_mut(self.data.as_ptr(), self.length) }
    }
}

/// Releases memory of [`Buffer::into_raw`] and sets the pointer to NULL; NULL stays NULL.
///
/// # Safety
/// The pointer is NULL or of `into_raw`, and nobody uses it any more.
pub(crate) unsafe fn release<T>(pointer: &mut *mut T) {
    // SAFETY: what the caller promises; free takes NULL.
    unsafe { free(std::mem::replace(pointer, ptr::null_mut()).cast()) };
}

/// `length` values in a Vec; fails with `OutOfMemory` where `vec!` would end the process.
pub(crate) fn filled<T: Clone>(value: T, length: usize) -> Result<Vec<T>> {
    let mut values = Vec::new();
    values.try_reserve_exact(length)?;
    values.resize(length, value);
    Ok(values)
}

/// Appends to a Vec; fails with `OutOfMemory` where `Vec::push` would end the process.
pub(crate) fn push<T>(values: &mut Vec<T>, value: T) -> Result<()> {
    values.try_reserve(1)?;
    values.push(value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn a_buffer_starts_zeroed_and_is_handed_over() {
        let mut buffer = Buffer::<f32>::zeroed(3).unwrap();
        assert_eq!(buffer[..], [0.0; 3]);
        buffer[1] = 2.0;
        let mut raw = buffer.into_raw();
        // SAFETY: three values are there, and nobody else has them.
        unsafe {
            assert_eq!(*raw.add(1), 2.0);
            release(&mut raw);
            release(&mut raw); // NULL by now
        }
        assert!(raw.is_null());
    }

    #[test]
    #[cfg(not(miri))] // miri ends the run instead of failing the call
    fn too_much_is_an_error() {
        assert_eq!(Buffer::<f32>::zeroed(usize::MAX / 8).err().map(|error| error.code()), Some(Code::OutOfMemory));
        assert_eq!(filled(0u64, usize::MAX / 2).err().map(|error| error.code()), Some(Code::OutOfMemory));
    }

    #[test]
    fn an_empty_buffer_is_one_too() {
        assert!(Buffer::<u8>::copy_of(&[]).unwrap().is_empty());
    }
}
