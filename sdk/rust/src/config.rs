//! The configuration of a plugin: declared once with types, ranges and defaults, then parsed, changed and told by the SDK.
use std::ops::RangeInclusive;

use crate::error::{Code, Error, Result};
use crate::json::{quote, DetailValue, Details, Value};
use crate::json_reader::{number_length, read};
use crate::setting::{Given, Setting, Slot, TypedSlot};

/// Given to [`crate::Plugin::init`], which declares its keys here. A value in the host's JSON that does not fit its declaration
/// ends mvas_init with `InvalidInput`; keys that are not declared are ignored there and refused by mvas_set_config.
#[derive(Default)]
pub struct Config {
    initial: Vec<(String, Value)>,
    slots: Vec<Box<dyn Slot>>,
}

impl Config {
    /// Takes the host's text: a JSON object, or nothing.
    ///
    /// Authors get theirs from the SDK; tests of theirs make one so.
    pub fn parse(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        match read(text)? {
            Value::Object(initial) => Ok(Self { initial, slots: Vec::new() }),
            other => Err(Error::new(Code::InvalidInput, format!("configuration must be a JSON object, not {}", other.kind()))),
        }
    }

    /// A number in a range.
    pub fn float(&mut self, key: &str, value: f32, range: RangeInclusive<f32>, description: &str) -> Result<Setting<f32>> {
        let rule = format!("a number in {}..{}", range.start(), range.end());
        // It compares as f32: 0.7 as text is greater than 0.7 as f32.
        let accept = move |given: Given<'_>| number_of(given).map(|number| number as f32).filter(|number| range.contains(number));
        self.declare(key, value, rule, description, accept)
    }

    /// A whole number in a range.
    pub fn int(&mut self, key: &str, value: i32, range: RangeInclusive<i32>, description: &str) -> Result<Setting<i32>> {
        let rule = format!("a whole number in {}..{}", range.start(), range.end());
        let accept = move |given: Given<'_>| {
            let number = number_of(given).filter(|number| number.fract() == 0.0)?;
            let fits = number >= f64::from(*range.start()) && number <= f64::from(*range.end());
            fits.then_some(number as i32)
        };
        self.declare(key, value, rule, description, accept)
    }

    /// True or false.
    pub fn bool(&mut self, key: &str, value: bool, description: &str) -> Result<Setting<bool>> {
        let accept = |given: Given<'_>| match given {
            Given::Json(Value::Bool(value)) => Some(*value),
            Given::Text("true") => Some(true),
            Given::Text("false") => Some(false),
            _ => None,
        };
        self.declare(key, value, "true or false".into(), description, accept)
    }

    /// Any text.
    pub fn string(&mut self, key: &str, value: &str, description: &str) -> Result<Setting<String>> {
        self.declare(key, value.into(), "UTF-8 text".into(), description, |given| text_of(given).map(String::from))
    }

    /// One of several words.
    pub fn choice(&mut self, key: &str, value: &str, choices: &[&str], description: &str) -> Result<Setting<String>> {
        let words: Vec<String> = choices.iter().map(|&word| word.into()).collect();
        let rule = format!("one of {}", words.join(" "));
        let accept = move |given: Given<'_>| words.iter().find(|&word| text_of(given) == Some(word)).cloned();
        self.declare(key, value.into(), rule, description, accept)
    }

    fn declare<T: Clone + Send + DetailValue + 'static>(
        &mut self,
        key: &str,
        value: T,
        rule: String,
        description: &str,
        accept: impl Fn(Given<'_>) -> Option<T> + Send + 'static,
    ) -> Result<Setting<T>> {
        if self.slots.iter().any(|slot| slot.key() == key) {
            return Err(Error::new(Code::InitFailed, format!("configuration key {} is declared twice", quote(key))));
        }
        let default = read(&value.json())?;
        let setting = Setting::new(value);
        let (key, description) = (key.to_owned(), description.to_owned());
        let mut slot = TypedSlot { key, description, rule, accept: Box::new(accept), setting: setting.clone(), staged: None };
        slot.stage(Given::Json(&default)).map_err(|error| Error::new(Code::InitFailed, format!("the default does not fit: {error}")))?;
        // Of a repeated member the last counts.
        if let Some((_, given)) = self.initial.iter().rev().find(|(name, _)| *name == slot.key) {
            slot.stage(Given::Json(given))?;
        }
        slot.commit();
        self.slots.push(Box::new(slot));
        Ok(setting)
    }

    /// Changes all values or none; of a repeated key the last entry wins.
    pub(crate) fn set<'a>(&mut self, entries: impl Iterator<Item = Result<(&'a str, &'a str)>>) -> Result<()> {
        let mut staged = Vec::new();
        for entry in entries {
            let (key, value) = entry?;
            let Some(at) = self.slots.iter().position(|slot| slot.key() == key) else {
                let shown: String = key.chars().take(64).collect();
                return Err(Error::new(Code::Unsupported, format!("configuration has no key {}", quote(&shown))));
            };
            self.slots[at].stage(Given::Text(value))?;
            staged.push(at);
        }
        staged.iter().for_each(|&at| self.slots[at].commit());
        Ok(())
    }

    /// All current values as a JSON object.
    pub(crate) fn text(&self) -> String {
        let mut details = Details::default();
        self.slots.iter().for_each(|slot| slot.print(&mut details));
        details.text()
    }
}

fn number_of(given: Given<'_>) -> Option<f64> {
    match given {
        Given::Json(Value::Number(number)) => Some(*number),
        Given::Text(text) if !text.is_empty() && number_length(text) == text.len() => text.parse().ok(),
        _ => None,
    }
}

fn text_of<'a>(given: Given<'a>) -> Option<&'a str> {
    match given {
        Given::Json(Value::Text(text)) => Some(text),
        Given::Text(text) => Some(text),
        Given::Json(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Declared = (Config, Setting<f32>, Setting<i32>, Setting<String>);

    fn declared(text: &str) -> Result<Declared> {
        let mut config = Config::parse(text)?;
        let threshold = config.float("threshold", 0.7, 0.0..=0.7, "score that fails")?;
        let area = config.int("area", 16, 1..=64, "")?;
        let kind = config.choice("kind", "heatmap", &["heatmap", "none"], "")?;
        Ok((config, threshold, area, kind))
    }

    fn set(config: &mut Config, entries: &[(&str, &str)]) -> std::result::Result<(), (Code, String)> {
        config.set(entries.iter().map(|&entry| Ok(entry))).map_err(|error| (error.code(), error.to_string()))
    }

    #[test]
    fn values_come_from_the_hosts_json_and_defaults_fill_in() {
        let (config, threshold, area, kind) = declared(r#"{"area": 4, "unknown": [], "kind": "none", "area": 5}"#).unwrap();
        assert_eq!((threshold.get(), area.get(), kind.get().as_str()), (0.7, 5, "none"));
        assert_eq!(config.text(), r#"{"threshold": 0.7, "area": 5, "kind": "none"}"#);
    }

    #[test]
    fn a_wrong_value_is_refused_with_its_rule() {
        let cases = [
            (r#"{"threshold": "0.5"}"#, "configuration threshold (score that fails) must be a number in 0..0.7, not \"0.5\""),
            (r#"{"threshold": 0.71}"#, "configuration threshold (score that fails) must be a number in 0..0.7, not 0.71"),
            (r#"{"area": 1.5}"#, "configuration area must be a whole number in 1..64, not 1.5"),
            (r#"{"area": null}"#, "configuration area must be a whole number in 1..64, not null"),
            (r#"{"kind": "map"}"#, "configuration kind must be one of heatmap none, not \"map\""),
            ("[]", "configuration must be a JSON object, not an array"),
        ];
        for (text, why) in cases {
            let error = declared(text).err().unwrap();
            assert_eq!((error.code(), error.text()), (Code::InvalidInput, why));
        }
    }

    #[test]
    fn a_change_is_all_or_nothing_and_the_last_of_a_key_wins() {
        let (mut config, threshold, area, _) = declared("").unwrap();
        assert_eq!(set(&mut config, &[("area", "8"), ("threshold", "0.7"), ("area", "9")]), Ok(()));
        assert_eq!((threshold.get(), area.get()), (0.7, 9));
        for (bad, code) in [(("area", "1e9"), Code::InvalidInput), (("area", ""), Code::InvalidInput), (("size", "1"), Code::Unsupported)] {
            assert_eq!(set(&mut config, &[("threshold", "0.1"), bad]).unwrap_err().0, code);
            assert_eq!((threshold.get(), area.get()), (0.7, 9));
        }
        assert_eq!(set(&mut config, &[]), Ok(()));
    }

    #[test]
    fn text_is_taken_by_the_grammar_of_json_alone() {
        let (mut config, ..) = declared("").unwrap();
        for text in ["0,5", " 0.5", "0.5 ", "nan", "inf", "+0.5", ".5", "0x0", "1e-1x"] {
            assert!(set(&mut config, &[("threshold", text)]).is_err(), "{text}");
        }
        let enabled = config.bool("enabled", true, "").unwrap();
        assert!(set(&mut config, &[("enabled", "1")]).is_err());
        assert_eq!(set(&mut config, &[("enabled", "false")]), Ok(()));
        assert!(!enabled.get());
    }

    #[test]
    fn mistakes_of_the_author_are_told() {
        let mut config = Config::default();
        assert_eq!(config.int("n", 9, 0..=3, "").unwrap_err().code(), Code::InitFailed);
        config.string("name", "left", "").unwrap();
        assert_eq!(config.string("name", "", "").unwrap_err().text(), "configuration key \"name\" is declared twice");
    }
}
