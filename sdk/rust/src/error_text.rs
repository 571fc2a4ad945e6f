//! What mvas_get_error returns: one text a thread, in a fixed buffer that a panic can fill as well.
use std::cell::UnsafeCell;
use std::ffi::c_char;
use std::fmt::{self, Write};
use std::panic;
use std::sync::Once;

const SIZE: usize = 1024;

/// Bytes up to a NUL. Nothing to drop: a thread-local value with a destructor would keep the library from being unloaded.
#[repr(C)]
struct Text {
    bytes: [u8; SIZE],
    length: usize,
}

thread_local!(static TEXT: UnsafeCell<Text> = const { UnsafeCell::new(Text { bytes: [0; SIZE], length: 0 }) });

impl Write for Text {
    /// Takes whole characters as far as they fit; a NUL would end the text, so it becomes "?".
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let character = if character == '\0' { '?' } else { character };
            let end = self.length + character.len_utf8();
            if end >= SIZE {
                return Err(fmt::Error);
            }
            character.encode_utf8(&mut self.bytes[self.length..end]);
            self.length = end;
        }
        Ok(())
    }
}

/// Replaces this thread's text; "" clears it. What does not fit is cut.
pub(crate) fn set(text: fmt::Arguments<'_>) {
    TEXT.with(|cell| {
        // SAFETY: the cell is this thread's alone, and no reference to it leaves this closure; formatting the SDK's own
        // arguments never comes back here.
        let to = unsafe { &mut *cell.get() };
        to.length = 0;
        let _ = to.write_fmt(text); // cut where the buffer ends
        to.bytes[to.length] = 0;
    });
}

/// This thread's text, valid until the next call of `set` on it.
pub(crate) fn pointer() -> *const c_char {
    TEXT.with(|cell| cell.get().cast_const().cast()) // the bytes are first
}

/// Makes a panic silent and keeps its place and message as this thread's text. This copy of the standard library is the
/// plugin's own: panics of the host and of other plugins are not touched.
pub(crate) fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        panic::set_hook(Box::new(|info| {
            let payload = info.payload();
            let message = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
            let message = message.unwrap_or("without a message");
            match info.location() {
                Some(place) => set(format_args!("the plugin panicked at {}:{}: {message}", place.file(), place.line())),
                None => set(format_args!("the plugin panicked: {message}")),
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CStr;

    fn text() -> String {
        // SAFETY: the pointer is to a text of this thread that ends in NUL.
        unsafe { CStr::from_ptr(pointer()) }.to_str().unwrap().to_owned()
    }

    #[test]
    fn a_text_is_kept_until_the_next() {
        set(format_args!("no {}", "model"));
        assert_eq!(text(), "no model");
        set(format_args!(""));
        assert_eq!(text(), "");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        set(format_args!("{}", "ö".repeat(SIZE)));
        assert_eq!(text(), "ö".repeat((SIZE - 1) / 2));
    }

    #[test]
    fn a_nul_does_not_end_a_text() {
        set(format_args!("a\0b"));
        assert_eq!(text(), "a?b");
    }

    #[test]
    fn threads_have_texts_of_their_own() {
        set(format_args!("mine"));
        std::thread::spawn(|| assert_eq!(text(), "")).join().unwrap();
        assert_eq!(text(), "mine");
    }
}
