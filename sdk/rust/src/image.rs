//! The submitted image as an author sees it: checked, with its row padding and byte order out of the way.
use std::ffi::CStr;
use std::marker::PhantomData;
use std::slice;

use crate::buffer::Buffer;
use crate::error::Result;

/// Order of the bytes of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Red, green, blue.
    Rgb,
    /// Blue, green, red.
    Bgr,
    /// Luminance.
    Gray,
    /// Red, green, blue, alpha.
    Rgba,
}

impl Format {
    /// Bytes a pixel.
    pub const fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb | Self::Bgr => 3,
            Self::Rgba => 4,
        }
    }

    /// The contract's word for it.
    pub const fn name(self) -> &'static CStr {
        match self {
            Self::Rgb => c"RGB",
            Self::Bgr => c"BGR",
            Self::Gray => c"GRAY",
            Self::Rgba => c"RGBA",
        }
    }

    pub(crate) fn parse(word: &CStr) -> Option<Self> {
        match word.to_bytes() {
            b"RGB" => Some(Self::Rgb),
            b"BGR" => Some(Self::Bgr),
            b"GRAY" => Some(Self::Gray),
            b"RGBA" => Some(Self::Rgba),
            _ => None,
        }
    }
}

/// One pixel; also the pixel of a visualization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(C)]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

/// ITU-R BT.601 luminance in 14-bit fixed point, the same in host, plugins and tools.
pub const fn luminance(pixel: Rgb) -> u8 {
    ((4899 * pixel.r as u32 + 9617 * pixel.g as u32 + 1868 * pixel.b as u32 + 8192) >> 14) as u8
}

/// The host's pixels during one call: never written, never kept.
#[derive(Debug, Clone, Copy)]
pub struct ImageView<'a> {
    data: *const u8,
    width: usize,
    height: usize,
    stride: usize,
    format: Format,
    lifetime: PhantomData<&'a [u8]>,
}

// SAFETY: it only reads, as a shared slice does.
unsafe impl Send for ImageView<'_> {}
// SAFETY: as above.
unsafe impl Sync for ImageView<'_> {}

impl<'a> ImageView<'a> {
    /// # Safety
    /// For `'a`, `height` rows of `width * format.channels()` bytes can be read, `stride` bytes apart, and nobody writes them.
    pub(crate) unsafe fn from_raw(data: *const u8, (width, height): (usize, usize), stride: usize, format: Format) -> Self {
        Self { data, width, height, stride, format, lifetime: PhantomData }
    }

    /// Pixels a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Order of the bytes of a pixel.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Row `y` from the top: `width * channels` bytes in the order of [`ImageView::format`], without padding.
    pub fn row(&self, y: usize) -> &'a [u8] {
        assert!(y < self.height, "row {y} of an image with {} rows", self.height);
        // SAFETY: the constructor's promise, for a row that exists.
        unsafe { slice::from_raw_parts(self.data.add(y * self.stride), self.width * self.format.channels()) }
    }

    /// One pixel, whatever the format; alpha is dropped.
    pub fn rgb(&self, x: usize, y: usize) -> Rgb {
        rgb_of(self.format, &self.row(y)[x * self.format.channels()..])
    }

    /// Luminance of one pixel.
    pub fn gray(&self, x: usize, y: usize) -> u8 {
        match self.format {
            Format::Gray => self.row(y)[x],
            _ => luminance(self.rgb(x, y)),
        }
    }

    /// A packed copy in the format that the model wants; alpha is dropped, or 255 where it is asked for and absent.
    pub fn to(&self, format: Format) -> Result<Image> {
        let mut image = Image::new(self.width, self.height, format)?;
        let row_bytes = self.width * format.channels();
        for (y, row) in image.bytes.chunks_exact_mut(row_bytes).enumerate() {
            if format == self.format {
                row.copy_from_slice(self.row(y));
                continue;
            }
            let from = self.row(y).chunks_exact(self.format.channels());
            for (to, pixel) in row.chunks_exact_mut(format.channels()).zip(from) {
                write_pixel(format, rgb_of(self.format, pixel), to);
            }
        }
        Ok(image)
    }
}

fn rgb_of(format: Format, bytes: &[u8]) -> Rgb {
    match format {
        Format::Gray => Rgb { r: bytes[0], g: bytes[0], b: bytes[0] },
        Format::Bgr => Rgb { r: bytes[2], g: bytes[1], b: bytes[0] },
        Format::Rgb | Format::Rgba => Rgb { r: bytes[0], g: bytes[1], b: bytes[2] },
    }
}

fn write_pixel(format: Format, pixel @ Rgb { r, g, b }: Rgb, to: &mut [u8]) {
    match format {
        Format::Gray => to[0] = luminance(pixel),
        Format::Rgb => to.copy_from_slice(&[r, g, b]),
        Format::Bgr => to.copy_from_slice(&[b, g, r]),
        Format::Rgba => to.copy_from_slice(&[r, g, b, 255]),
    }
}

/// Packed pixels of its own.
pub struct Image {
    bytes: Buffer<u8>,
    width: usize,
    height: usize,
    format: Format,
}

impl Image {
    /// A black image; `OutOfMemory` without memory.
    pub fn new(width: usize, height: usize, format: Format) -> Result<Self> {
        let bytes = width.saturating_mul(height).saturating_mul(format.channels());
        Ok(Self { bytes: Buffer::zeroed(bytes)?, width, height, format })
    }

    /// All bytes, row after row.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All bytes to write.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// The image as [`crate::Plugin::infer`] gets it, for tests and for a warm-up of one's own.
    pub fn view(&self) -> ImageView<'_> {
        // SAFETY: the buffer has exactly these bytes and is borrowed for the view's life.
        unsafe { ImageView::from_raw(self.bytes.as_ptr(), (self.width, self.height), self.width * self.format.channels(), self.format) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(format: Format) -> Image {
        let mut image = Image::new(2, 2, format).unwrap();
        for (at, byte) in image.bytes_mut().iter_mut().enumerate() {
            *byte = (at * 7) as u8;
        }
        image
    }

    #[test]
    fn a_pixel_is_the_same_in_every_format() {
        let rgb = sample(Format::Rgb);
        for format in [Format::Rgb, Format::Bgr, Format::Rgba] {
            let other = rgb.view().to(format).unwrap();
            assert_eq!(other.view().rgb(1, 1), rgb.view().rgb(1, 1));
            assert_eq!(other.view().gray(0, 1), rgb.view().to(Format::Gray).unwrap().bytes()[2]);
        }
        assert_eq!(rgb.view().to(Format::Rgba).unwrap().bytes()[3], 255);
    }

    #[test]
    fn luminance_is_that_of_bt_601() {
        assert_eq!(luminance(Rgb { r: 255, g: 255, b: 255 }), 255);
        assert_eq!(
            [luminance(Rgb { r: 255, g: 0, b: 0 }), luminance(Rgb { r: 0, g: 255, b: 0 }), luminance(Rgb { r: 0, g: 0, b: 255 })],
            [76, 150, 29]
        );
    }

    #[test]
    fn rows_leave_the_padding_out() {
        let bytes = [1, 2, 3, 99, 4, 5, 6];
        // SAFETY: two rows of three bytes, four bytes apart: the last has no padding.
        let view = unsafe { ImageView::from_raw(bytes.as_ptr(), (1, 2), 4, Format::Rgb) };
        assert_eq!([view.row(0), view.row(1)], [[1, 2, 3], [4, 5, 6]]);
    }

    #[test]
    #[should_panic(expected = "row 2 of an image with 2 rows")]
    fn a_row_that_is_not_there_is_never_read() {
        sample(Format::Gray).view().row(2);
    }
}
