//! Turns the host's image struct into a view, or into an error that names the field.
use std::ffi::CStr;

use crate::abi;
use crate::error::{Code, Error, Result};
use crate::image::{Format, ImageView};

/// Checks one image against the contract and the formats that the plugin takes. Hosts in the field say "RGB" for every image.
///
/// # Safety
/// `image` is NULL or a struct whose non-NULL pointers are what the contract says, for `'a`.
pub(crate) unsafe fn check_image<'a>(image: *const abi::Image, accepted: impl Fn(Format) -> bool) -> Result<ImageView<'a>> {
    // SAFETY: the caller's promise.
    let image = match unsafe { image.as_ref() } {
        Some(image) if !image.data.is_null() && !image.format.is_null() => image,
        _ => return refuse("image, its data or its format is NULL".into()),
    };
    let (Ok(width @ 1..), Ok(height @ 1..)) = (usize::try_from(image.width), usize::try_from(image.height)) else {
        return refuse(format!("image size is {} x {}", image.width, image.height));
    };
    // SAFETY: the format is not NULL, so it is a text.
    let format = format_of(unsafe { CStr::from_ptr(image.format) }, image.channels, &accepted)?;
    let row_bytes = i64::from(image.width) * i64::from(image.channels);
    if i64::from(image.stride) < row_bytes {
        return refuse(format!("image stride {} is less than a row of {row_bytes} bytes", image.stride));
    }
    if row_bytes > i64::from(i32::MAX / image.height) {
        return refuse("image has more than 2147483647 bytes".into());
    }
    if !accepted(format) {
        return Err(Error::new(Code::Unsupported, format!("image format {} is not supported", format.name().to_string_lossy())));
    }
    // SAFETY: the caller's promise, with the sizes just checked; the stride is not negative.
    Ok(unsafe { ImageView::from_raw(image.data, (width, height), image.stride as usize, format) })
}

fn format_of(word: &CStr, channels: i32, accepted: impl Fn(Format) -> bool) -> Result<Format> {
    let Some(named) = Format::parse(word) else {
        let shown: String = word.to_string_lossy().chars().take(32).collect();
        return refuse(format!("unknown image format \"{shown}\""));
    };
    let format = match (named, channels) {
        (Format::Rgb, 1) if accepted(Format::Gray) => Format::Gray,
        (Format::Rgb, 4) if accepted(Format::Rgba) => Format::Rgba,
        _ => named,
    };
    if channels as usize == format.channels() {
        return Ok(format);
    }
    refuse(format!("{} image with {channels} channels", format.name().to_string_lossy()))
}

fn refuse<T>(why: String) -> Result<T> {
    Err(Error::new(Code::InvalidInput, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr;

    const PIXELS: [u8; 32] = [7; 32];

    fn image(width: i32, height: i32, channels: i32, stride: i32, format: &CStr) -> abi::Image {
        abi::Image { data: PIXELS.as_ptr(), width, height, channels, stride, format: format.as_ptr() }
    }

    fn check(image: &abi::Image, accepted: &[Format]) -> std::result::Result<Format, (Code, String)> {
        // SAFETY: every image of these tests lies in PIXELS when it passes.
        unsafe { check_image(image, |format| accepted.contains(&format)) }
            .map(|view| view.format())
            .map_err(|error| (error.code(), error.to_string()))
    }

    #[test]
    fn rgb_with_other_channels_is_gray_or_rgba_where_the_plugin_takes_them() {
        let all = [Format::Rgb, Format::Gray, Format::Rgba];
        assert_eq!(check(&image(2, 2, 1, 2, c"RGB"), &all), Ok(Format::Gray));
        assert_eq!(check(&image(2, 2, 4, 8, c"RGB"), &all), Ok(Format::Rgba));
        assert_eq!(check(&image(2, 2, 3, 6, c"RGB"), &all), Ok(Format::Rgb));
        assert_eq!(check(&image(2, 2, 1, 2, c"RGB"), &[Format::Rgb]), Err((Code::InvalidInput, "RGB image with 1 channels".into())));
    }

    #[test]
    fn every_lie_about_an_image_is_refused_by_name() {
        let lies = [
            (image(0, 2, 3, 6, c"RGB"), "image size is 0 x 2"),
            (image(2, -1, 3, 6, c"RGB"), "image size is 2 x -1"),
            (image(2, 2, 4, 8, c"BGR"), "BGR image with 4 channels"),
            (image(2, 2, -3, 6, c"RGB"), "RGB image with -3 channels"),
            (image(2, 2, 3, 5, c"RGB"), "image stride 5 is less than a row of 6 bytes"),
            (image(2, 2, 3, i32::MIN, c"RGB"), "image stride -2147483648 is less than a row of 6 bytes"),
            (image(40_000, 40_000, 3, 120_000, c"RGB"), "image has more than 2147483647 bytes"),
            (image(2, 2, 3, 6, c"rgb"), "unknown image format \"rgb\""),
            (abi::Image { data: ptr::null(), ..image(2, 2, 3, 6, c"RGB") }, "image, its data or its format is NULL"),
            (abi::Image { format: ptr::null(), ..image(2, 2, 3, 6, c"RGB") }, "image, its data or its format is NULL"),
        ];
        for (lie, why) in lies {
            assert_eq!(check(&lie, &[Format::Rgb, Format::Bgr]), Err((Code::InvalidInput, why.into())));
        }
    }

    #[test]
    fn a_known_format_that_the_plugin_does_not_take_is_unsupported() {
        assert_eq!(
            check(&image(2, 2, 1, 2, c"GRAY"), &[Format::Rgb]),
            Err((Code::Unsupported, "image format GRAY is not supported".into()))
        );
    }
}
