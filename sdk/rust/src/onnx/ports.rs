//! The inputs and outputs of a model: names, types and shapes.
use std::ffi::{c_int, CStr, CString};
use std::ptr;

use super::api::{Api, OrtSession, TensorInfo};
use super::handle::{check, make};
use crate::error::{Code, Error, Result};

/// One input or output.
pub(super) struct Port {
    pub(super) name: CString,
    pub(super) element: c_int,
    /// -1 is any size.
    pub(super) shape: Vec<i64>,
}

impl Port {
    pub(super) fn shown_name(&self) -> String {
        self.name.to_string_lossy().into_owned()
    }
}

/// Which side of the model.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Side {
    Input,
    Output,
}

/// All inputs or outputs of a session.
pub(super) fn ports(api: &Api, session: *const OrtSession, side: Side) -> Result<Vec<Port>> {
    let (get_count, get_name, get_type) = match side {
        Side::Input => (api.input_count, api.input_name, api.input_type),
        Side::Output => (api.output_count, api.output_name, api.output_type),
    };
    let mut allocator = ptr::null_mut();
    let mut count = 0;
    // SAFETY: the session is alive; the calls fill what they are given, and the name is copied before it is freed.
    unsafe {
        check(api, (api.default_allocator)(&mut allocator), Code::InitFailed, "ONNX Runtime")?;
        check(api, get_count(session, &mut count), Code::InitFailed, "model")?;
        (0..count)
            .map(|at| {
                let mut name = ptr::null_mut();
                check(api, get_name(session, at, allocator, &mut name), Code::InitFailed, "model")?;
                let copy = CStr::from_ptr(name).to_owned();
                check(api, (api.allocator_free)(allocator, name.cast()), Code::InitFailed, "model")?;
                let info = make(api, api.release_type_info, "model", |out| get_type(session, at, out))?;
                let mut tensor = ptr::null();
                check(api, (api.cast_to_tensor_info)(info.get(), &mut tensor), Code::InitFailed, "model")?;
                if tensor.is_null() {
                    let text = format!("model input or output \"{}\" is no tensor", copy.to_string_lossy());
                    return Err(Error::new(Code::InitFailed, text));
                }
                port_of(api, copy, tensor)
            })
            .collect()
    }
}

/// # Safety
/// `info` is a tensor's information that is alive.
pub(super) unsafe fn port_of(api: &Api, name: CString, info: *const TensorInfo) -> Result<Port> {
    let (mut element, mut rank) = (0, 0);
    let mut shape = Vec::new();
    // SAFETY: the caller's promise; the shape has room for `rank` sizes.
    unsafe {
        check(api, (api.element_type)(info, &mut element), Code::InitFailed, "model")?;
        check(api, (api.dimensions_count)(info, &mut rank), Code::InitFailed, "model")?;
        shape.resize(rank, 0);
        check(api, (api.dimensions)(info, shape.as_mut_ptr(), rank), Code::InitFailed, "model")?;
    }
    Ok(Port { name, element, shape })
}

/// "1x3x256x256"; "?" is any size.
pub(super) fn shown(shape: &[i64]) -> String {
    let sizes: Vec<String> = shape.iter().map(|&size| if size < 0 { "?".into() } else { size.to_string() }).collect();
    if sizes.is_empty() {
        "a single value".into()
    } else {
        sizes.join("x")
    }
}

/// Whether a model of this shape takes tensors of that one.
pub(super) fn fits(model: &[i64], given: &[i64]) -> bool {
    model.len() == given.len() && model.iter().zip(given).all(|(&model, &given)| model < 0 || model == given)
}

/// Values of a tensor; a size below 0 counts as none.
pub(super) fn count(shape: &[i64]) -> usize {
    shape.iter().map(|&size| usize::try_from(size).unwrap_or(0)).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_size_fits_every_size() {
        assert!(fits(&[-1, 3, 256], &[1, 3, 256]) && !fits(&[1, 3], &[1, 4]) && !fits(&[1, 3], &[1, 3, 1]));
        assert_eq!((shown(&[-1, 3]), shown(&[])), ("?x3".into(), "a single value".into()));
        assert_eq!((count(&[2, 3]), count(&[])), (6, 1));
    }
}
