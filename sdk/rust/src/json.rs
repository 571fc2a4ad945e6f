//! JSON values as the configuration brings them, and the builder of a result's details.
use std::fmt::Write;

/// A JSON value that was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// What it is, in words of an error.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// `text` as a JSON string with its quotes.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\x1f' => {
                let _ = write!(out, "\\u{:04x}", u32::from(character)); // a String takes everything
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// A JSON object that is built member by member: what a result tells beside the verdict.
///
/// ```
/// let mut details = mvas_plugin::Details::default();
/// details.set("regions", 3).set("worst", "left edge");
/// assert_eq!(details.text(), r#"{"regions": 3, "worst": "left edge"}"#);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    members: String,
}

impl Details {
    /// Adds one member. A number that JSON cannot say becomes null.
    pub fn set(&mut self, key: &str, value: impl DetailValue) -> &mut Self {
        if !self.members.is_empty() {
            self.members.push_str(", ");
        }
        self.members.push_str(&quote(key));
        self.members.push_str(": ");
        self.members.push_str(&value.json());
        self
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The object as JSON.
    pub fn text(&self) -> String {
        format!("{{{}}}", self.members)
    }
}

/// What a member of [`Details`] can be: numbers, true and false, text, and other details.
pub trait DetailValue {
    /// The value as JSON.
    fn json(&self) -> String;
}

macro_rules! details_by_display {
    ($($type:ty),+) => {
        $(impl DetailValue for $type {
            fn json(&self) -> String {
                self.to_string()
            }
        })+
    };
}
details_by_display!(bool, i32, u32, i64, u64, usize);

macro_rules! details_of_numbers {
    ($($type:ty),+) => {
        $(impl DetailValue for $type {
            fn json(&self) -> String {
                if self.is_finite() { self.to_string() } else { "null".into() }
            }
        })+
    };
}
details_of_numbers!(f32, f64);

impl DetailValue for &str {
    fn json(&self) -> String {
        quote(self)
    }
}

impl DetailValue for String {
    fn json(&self) -> String {
        quote(self)
    }
}

impl DetailValue for Details {
    fn json(&self) -> String {
        self.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_reader::read;

    #[test]
    fn details_are_json_whatever_is_put_in() {
        let mut inner = Details::default();
        inner.set("deep", true);
        let mut details = Details::default();
        details.set("quote\"\\\n", "tab\t and ä").set("nan", f32::NAN).set("tiny", 1e-30f64).set("inner", inner);
        let Value::Object(members) = read(&details.text()).unwrap() else { panic!("no object") };
        assert_eq!(members[0], ("quote\"\\\n".into(), Value::Text("tab\t and ä".into())));
        assert_eq!(members[1].1, Value::Null);
        assert_eq!(members[2].1, Value::Number(1e-30));
        assert_eq!(members[3].1, Value::Object(vec![("deep".into(), Value::Bool(true))]));
    }

    #[test]
    fn details_without_members_are_an_empty_object() {
        assert_eq!(Details::default().text(), "{}");
        assert!(Details::default().is_empty());
    }
}
