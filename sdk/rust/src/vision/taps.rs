//! Where the pixels of another size look: whole numbers only, the same on every processor and in every language.
use crate::buffer::filled;
use crate::error::Result;

/// Two neighbours, and the weight of the second in 1/2048.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tap {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) weight: u32,
}

/// Pixel centres lie at one half, as in cv::INTER_LINEAR.
pub(super) fn taps(size: usize, target: usize) -> Result<Vec<Tap>> {
    let mut taps = filled(Tap::default(), target)?;
    let (wide_size, wide_target) = (size as i64, target as i64);
    let unit = 2 * wide_target;
    for (at, tap) in (0i64..).zip(taps.iter_mut()) {
        let place = ((2 * at + 1) * wide_size - wide_target).max(0);
        let first = (place / unit).min(wide_size - 1);
        let weight = ((place - first * unit) * 2048 + wide_target) / unit;
        *tap = Tap { first: first as usize, second: (first + 1).min(wide_size - 1) as usize, weight: weight as u32 };
    }
    Ok(taps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_size_looks_at_itself() {
        for (at, tap) in taps(5, 5).unwrap().iter().enumerate() {
            assert_eq!((tap.first, tap.weight), (at, 0));
        }
    }

    #[test]
    fn no_tap_leaves_the_row() {
        for (size, target) in [(1, 7), (7, 1), (3, 256), (4096, 255)] {
            assert!(taps(size, target).unwrap().iter().all(|tap| tap.first <= tap.second && tap.second < size && tap.weight <= 2048 * 2));
        }
    }

    #[test]
    fn twice_the_size_looks_at_quarters() {
        let weights: Vec<_> = taps(2, 4).unwrap().iter().map(|tap| (tap.first, tap.second, tap.weight)).collect();
        assert_eq!(weights, [(0, 1, 0), (0, 1, 512), (0, 1, 1536), (1, 1, 512)]);
    }
}
