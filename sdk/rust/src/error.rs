//! How a plugin fails: a code of the contract and a text for the operator.
use std::fmt;

/// The contract's failure codes; the numbers are those of `mvas_plugin.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Code {
    /// The model cannot be loaded.
    InitFailed = -1,
    /// The model file is missing.
    ModelNotFound = -2,
    /// An argument, image or configuration value is wrong.
    InvalidInput = -3,
    /// The inspection itself failed.
    Inference = -4,
    /// The call needs the state ready; the SDK says it, authors never need to.
    NotInitialized = -5,
    /// The system gave no memory.
    OutOfMemory = -6,
    /// A correct request that this plugin does not serve.
    Unsupported = -7,
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: Code,
    text: String,
}

/// What fallible functions return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// `text` names the thing and the rule it broke; the host shows it to the operator.
    pub fn new(code: Code, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }

    /// [`Code::OutOfMemory`], without needing memory for its text.
    pub fn out_of_memory() -> Self {
        Self { code: Code::OutOfMemory, text: String::new() }
    }

    /// The code that the host gets.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The text that the host gets.
    pub fn text(&self) -> &str {
        match (self.text.as_str(), self.code) {
            ("", Code::OutOfMemory) => "out of memory",
            ("", _) => "the plugin gave no reason",
            (text, _) => text,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.text())
    }
}

impl std::error::Error for Error {}

/// Of `try_reserve`: the way to grow a Vec without ending the process where there is no memory.
impl From<std::collections::TryReserveError> for Error {
    fn from(_: std::collections::TryReserveError) -> Self {
        Self::out_of_memory()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_without_a_text_still_says_something() {
        assert_eq!(Error::new(Code::Inference, "").to_string(), "the plugin gave no reason");
        assert_eq!(Error::out_of_memory().to_string(), "out of memory");
    }
}
