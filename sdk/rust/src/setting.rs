//! One setting of the configuration: its current value, and the declared key behind it.
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Code, Error, Result};
use crate::json::{quote, DetailValue, Details, Value};

/// The current value of one key, as [`crate::Config`] declared it. It reads the value at each use: keep the setting, not the value.
#[derive(Debug, Clone)]
pub struct Setting<T>(Arc<Mutex<T>>);

impl<T: Clone> Setting<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(value)))
    }

    /// The value of now.
    pub fn get(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, value: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = value;
    }
}

/// A value as it comes: typed from JSON, or as text from mvas_set_config.
#[derive(Clone, Copy)]
pub(crate) enum Given<'a> {
    Json(&'a Value),
    Text(&'a str),
}

impl Given<'_> {
    /// How an error shows it.
    fn shown(self) -> String {
        match self {
            Self::Json(Value::Number(number)) => number.to_string(),
            Self::Json(Value::Text(text)) => quote(&text.chars().take(64).collect::<String>()),
            Self::Json(value) => value.kind().into(),
            Self::Text(text) => quote(&text.chars().take(64).collect::<String>()),
        }
    }
}

/// A declared key whatever its type; a change is staged first so that a later bad entry can undo it.
pub(crate) trait Slot: Send {
    fn key(&self) -> &str;
    fn stage(&mut self, given: Given<'_>) -> Result<()>;
    fn commit(&mut self);
    fn print(&self, details: &mut Details);
}

/// A key of one type; `accept` is the rule in code and `rule` in words.
pub(crate) struct TypedSlot<T> {
    pub(crate) key: String,
    pub(crate) description: String,
    pub(crate) rule: String,
    pub(crate) accept: Box<dyn Fn(Given<'_>) -> Option<T> + Send>,
    pub(crate) setting: Setting<T>,
    pub(crate) staged: Option<T>,
}

impl<T: Clone + Send + DetailValue> Slot for TypedSlot<T> {
    fn key(&self) -> &str {
        &self.key
    }

    fn stage(&mut self, given: Given<'_>) -> Result<()> {
        self.staged = (self.accept)(given);
        if self.staged.is_some() {
            return Ok(());
        }
        let Self { key, description, rule, .. } = self;
        let meaning = if description.is_empty() { String::new() } else { format!(" ({description})") };
        Err(Error::new(Code::InvalidInput, format!("configuration {key}{meaning} must be {rule}, not {}", given.shown())))
    }

    fn commit(&mut self) {
        if let Some(value) = self.staged.take() {
            self.setting.put(value);
        }
    }

    fn print(&self, details: &mut Details) {
        details.set(&self.key, self.setting.get());
    }
}
