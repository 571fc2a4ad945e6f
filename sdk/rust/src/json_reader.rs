//! A strict reader of JSON text: RFC 8259 and nothing else, at most 64 levels and 1 MiB.
use crate::error::{Code, Error, Result};
use crate::json::Value;

const MAX_SIZE: usize = 1 << 20;
const MAX_DEPTH: usize = 64;

/// Reads one value; `InvalidInput` with the place where the text is not JSON.
pub(crate) fn read(text: &str) -> Result<Value> {
    if text.len() > MAX_SIZE {
        return Err(Error::new(Code::InvalidInput, "not read: JSON text of more than 1 MiB"));
    }
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.at == text.len() {
        return Ok(value);
    }
    reader.fail("text after the end")
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn fail<T>(&self, what: &str) -> Result<T> {
        Err(Error::new(Code::InvalidInput, format!("not JSON: {what} at byte {}", self.at)))
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn skip_space(&mut self) {
        self.at += self.rest().bytes().take_while(|byte| b" \t\n\r".contains(byte)).count();
    }

    fn value(&mut self, depth: usize) -> Result<Value> {
        if depth > MAX_DEPTH {
            return self.fail("nested too deeply");
        }
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Ok(Value::Text(self.string()?)),
            _ if self.take("true") => Ok(Value::Bool(true)),
            _ if self.take("false") => Ok(Value::Bool(false)),
            _ if self.take("null") => Ok(Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value> {
        self.at += 1;
        let mut members = Vec::new();
        self.skip_space();
        if self.take("}") {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return self.fail("a member without a name");
            }
            let key = self.string()?;
            self.skip_space();
            if !self.take(":") {
                return self.fail("a member without a colon");
            }
            members.push((key, self.value(depth + 1)?));
            self.skip_space();
            if self.take("}") {
                return Ok(Value::Object(members));
            }
            if !self.take(",") {
                return self.fail("an object that does not end");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.take("]") {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if self.take("]") {
                return Ok(Value::Array(items));
            }
            if !self.take(",") {
                return self.fail("an array that does not end");
            }
        }
    }

    fn number(&mut self) -> Result<Value> {
        let length = number_length(self.rest());
        let word = &self.rest()[..length];
        match word.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.at += length;
                Ok(Value::Number(number))
            }
            Ok(_) => self.fail("a number out of range"),
            Err(_) if self.rest().is_empty() => self.fail("the text ends too early"),
            Err(_) => self.fail("no value"),
        }
    }

    fn string(&mut self) -> Result<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let plain = self.rest().find(|c| c == '"' || c == '\\' || c < ' ').unwrap_or(self.rest().len());
            text.push_str(&self.text[self.at..self.at + plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return self.fail("a control character in a string"),
                None => return self.fail("a string that does not end"),
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        self.at += 1;
        let character = match self.peek() {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            _ => return self.fail("an unknown escape"),
        };
        self.at += 1;
        Ok(character)
    }

    fn code_point(&mut self) -> Result<char> {
        let high = self.hex()?;
        let code = match high {
            0xD800..=0xDBFF if self.take("\\u") => match self.hex()? {
                low @ 0xDC00..=0xDFFF => 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00),
                _ => high,
            },
            _ => high,
        };
        char::from_u32(code).map_or_else(|| self.fail("half a surrogate pair"), Ok)
    }

    fn hex(&mut self) -> Result<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).filter(|word| word.iter().all(u8::is_ascii_hexdigit));
        let Some(digits) = digits else { return self.fail("an escape without four hexadecimal digits") };
        let value = digits.iter().fold(0, |value, &digit| value * 16 + char::from(digit).to_digit(16).unwrap_or(0));
        self.at += 4;
        Ok(value)
    }
}

/// Bytes of the number at the start of `text` by the JSON grammar, 0 if none is there.
pub(crate) fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    at += match bytes.get(at) {
        Some(b'0') => 1,
        Some(b'1'..=b'9') => digits(at),
        _ => return 0,
    };
    if bytes.get(at) == Some(&b'.') {
        match digits(at + 1) {
            0 => return 0,
            count => at += 1 + count,
        }
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        match digits(at + 1 + sign) {
            0 => return 0,
            count => at += 1 + sign + count,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::quote;

    #[test]
    fn values_of_every_kind_are_read() {
        let text = " {\"a\" : [1, -2.5e+1, 0, true, false, null], \"\\u00e4\\ud83d\\ude00\\n\": {}} ";
        let numbers = [Value::Number(1.0), Value::Number(-25.0), Value::Number(0.0), Value::Bool(true), Value::Bool(false), Value::Null];
        let members = vec![("a".into(), Value::Array(numbers.to_vec())), ("ä😀\n".into(), Value::Object(vec![]))];
        assert_eq!(read(text), Ok(Value::Object(members)));
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        let cases = [
            ("", "the text ends too early at byte 0"),
            ("{\"a\": }", "no value at byte 6"),
            ("{\"a\" 1}", "a member without a colon at byte 5"),
            ("{a: 1}", "a member without a name at byte 1"),
            ("{\"a\": 1,}", "a member without a name at byte 8"),
            ("{\"a\": 1", "an object that does not end at byte 7"),
            ("[1 2]", "an array that does not end at byte 3"),
            ("{} x", "text after the end at byte 3"),
            ("\"a", "a string that does not end at byte 2"),
            ("\"\n\"", "a control character in a string at byte 1"),
            ("\"\\x\"", "an unknown escape at byte 2"),
            ("\"\\u12g4\"", "an escape without four hexadecimal digits at byte 3"),
            ("\"\\ud800\"", "half a surrogate pair at byte 7"),
            ("1e999", "a number out of range at byte 0"),
        ];
        for (text, why) in cases {
            assert_eq!(read(text).map_err(|error| error.to_string()), Err(format!("not JSON: {why}")), "{text}");
        }
    }

    #[test]
    fn only_numbers_of_the_grammar_are_numbers() {
        for text in ["01", "1.", ".5", "+1", "nan", "inf", "0x1", "1e", "-", "1_0"] {
            assert!(read(text).is_err(), "{text}");
        }
        for text in ["0", "-0", "10", "1.50", "1e5", "1E-5"] {
            assert_eq!(number_length(text), text.len());
        }
    }

    #[test]
    fn depth_and_size_have_an_end() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(read(&nested(65)).is_ok());
        assert!(read(&nested(66)).is_err());
        assert!(read(&format!("\"{}\"", "x".repeat(MAX_SIZE))).is_err());
    }

    #[test]
    fn random_bytes_never_panic_and_quoted_text_reads_back() {
        let mut seed = 20_260_301u64;
        let mut next = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize
        };
        let alphabet: Vec<char> = "{}[]\":,\\u0123eE+-.truefalsn \u{7}ä😀".chars().collect();
        for _ in 0..if cfg!(miri) { 200 } else { 20_000 } {
            let text: String = (0..next() % 24).map(|_| alphabet[next() % alphabet.len()]).collect();
            let _ = read(&text);
            assert_eq!(read(&quote(&text)), Ok(Value::Text(text)));
        }
    }
}
