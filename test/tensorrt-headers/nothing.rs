//! The crates around this are never built: they name others that carry headers.
