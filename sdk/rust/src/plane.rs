//! Rows of values one after the other: anomaly maps and pictures.
use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::buffer::{Buffer, Plain};
use crate::error::{Code, Error, Result};

/// `width` times `height` values of `f32` (a map) or [`crate::Rgb`] (a picture), row after row, in memory of its own that goes to
/// the host without a copy. It can be used as a slice of all values.
pub struct Plane<T> {
    values: Buffer<T>,
    width: usize,
    height: usize,
}

#[allow(private_bounds)] // the trait says which types there are, and nobody adds one
impl<T: Plain> Plane<T> {
    /// A zeroed plane; `Inference` for a size of 0 or one that no result can tell, `OutOfMemory` without memory.
    pub fn new(width: usize, height: usize) -> Result<Self> {
        let fits = width.checked_mul(height).is_some_and(|cells| cells > 0 && cells <= i32::MAX as usize / 4);
        if !fits {
            return Err(Error::new(Code::Inference, format!("a map or picture of {width} x {height}")));
        }
        Ok(Self { values: Buffer::zeroed(width * height)?, width, height })
    }

    /// A plane of these values; `Inference` if their number is not `width * height`.
    pub fn from_slice(values: &[T], width: usize, height: usize) -> Result<Self> {
        let mut plane = Self::new(width, height)?;
        if values.len() != plane.len() {
            return Err(Error::new(Code::Inference, format!("{} values for a map or picture of {width} x {height}", values.len())));
        }
        plane.copy_from_slice(values);
        Ok(plane)
    }

    pub(crate) fn into_raw(self) -> (*mut T, i32, i32) {
        (self.values.into_raw(), self.width as i32, self.height as i32)
    }
}

impl<T> Plane<T> {
    /// Values a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Row `y`, from the top.
    pub fn row(&self, y: usize) -> &[T] {
        &self.values[y * self.width..][..self.width]
    }

    /// Row `y` to write.
    pub fn row_mut(&mut self, y: usize) -> &mut [T] {
        &mut self.values[y * self.width..][..self.width]
    }
}

impl Plane<f32> {
    /// Brings every value into 0..1 and returns the greatest; `Inference` on a NaN, which only a broken model makes.
    pub fn clamp_to_unit(&mut self) -> Result<f32> {
        let mut peak = 0.0;
        let mut numbers = true;
        for value in self.iter_mut() {
            numbers &= !value.is_nan();
            *value = value.clamp(0.0, 1.0);
            peak = value.max(peak);
        }
        if numbers {
            return Ok(peak);
        }
        Err(Error::new(Code::Inference, "the anomaly map has values that are not numbers"))
    }
}

impl<T> Deref for Plane<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.values
    }
}

impl<T> DerefMut for Plane<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.values
    }
}

impl<T> fmt::Debug for Plane<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Plane({} x {})", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_parts_of_the_values() {
        let mut plane = Plane::from_slice(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], 3, 2).unwrap();
        plane.row_mut(1)[0] = 9.0;
        assert_eq!(plane[..], [0.0, 1.0, 2.0, 9.0, 4.0, 5.0]);
        assert_eq!(plane.row(0), [0.0, 1.0, 2.0]);
    }

    #[test]
    fn sizes_that_make_no_plane_are_refused() {
        for (width, height) in [(0, 4), (4, 0), (usize::MAX, 2), (1 << 20, 1 << 20)] {
            assert_eq!(Plane::<f32>::new(width, height).unwrap_err().code(), Code::Inference);
        }
        assert!(Plane::from_slice(&[0.0; 5], 3, 2).is_err());
    }

    #[test]
    fn a_map_is_brought_into_the_unit_range_and_never_a_nan() {
        let mut map = Plane::from_slice(&[-1.0, 0.25, 7.0, 0.5], 2, 2).unwrap();
        assert_eq!(map.clamp_to_unit(), Ok(1.0));
        assert_eq!(map[..], [0.0, 0.25, 1.0, 0.5]);
        map[0] = f32::NAN;
        assert_eq!(map.clamp_to_unit().unwrap_err().code(), Code::Inference);
    }
}
