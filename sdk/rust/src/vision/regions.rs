//! Finds the connected regions of an anomaly map that reach a level.
use crate::buffer::{filled, push};
use crate::error::Result;
use crate::plane::Plane;

/// Cells of the map: x1 <= x < x2, y1 <= y < y2.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// First column.
    pub x1: usize,
    /// First row.
    pub y1: usize,
    /// After the last column.
    pub x2: usize,
    /// After the last row.
    pub y2: usize,
    /// Cells that reach the level.
    pub area: usize,
    /// Greatest value.
    pub peak: f32,
}

/// The regions of at least `min_area` cells whose values are at least `level`; the one with the greatest value comes first.
pub fn find_regions(map: &Plane<f32>, level: f32, min_area: usize) -> Result<Vec<Region>> {
    let mut taken = filled(false, map.len())?;
    let mut open = Vec::new();
    let mut regions = Vec::new();
    for start in 0..map.len() {
        claim(map, level, start, &mut taken, &mut open)?;
        if open.is_empty() {
            continue;
        }
        let region = follow(map, level, &mut taken, &mut open)?;
        if region.area >= min_area {
            push(&mut regions, region)?;
        }
    }
    // in place: a stable sort of many allocates, and ends the process where there is no memory
    regions.sort_unstable_by(|a, b| b.peak.total_cmp(&a.peak).then((a.y1, a.x1).cmp(&(b.y1, b.x1))));
    Ok(regions)
}

/// Takes in the cell if nobody has yet and it reaches the level.
fn claim(map: &Plane<f32>, level: f32, cell: usize, taken: &mut [bool], open: &mut Vec<usize>) -> Result<()> {
    if !taken[cell] && map[cell] >= level {
        taken[cell] = true;
        push(open, cell)?;
    }
    Ok(())
}

/// Follows a region from its first cell over all eight neighbours.
fn follow(map: &Plane<f32>, level: f32, taken: &mut [bool], open: &mut Vec<usize>) -> Result<Region> {
    let mut region = Region { x1: map.width(), y1: map.height(), x2: 0, y2: 0, area: 0, peak: 0.0 };
    while let Some(cell) = open.pop() {
        let (x, y) = (cell % map.width(), cell / map.width());
        (region.x1, region.y1) = (region.x1.min(x), region.y1.min(y));
        (region.x2, region.y2) = (region.x2.max(x + 1), region.y2.max(y + 1));
        region.peak = region.peak.max(map[cell]);
        region.area += 1;
        for row in y.saturating_sub(1)..(y + 2).min(map.height()) {
            for column in x.saturating_sub(1)..(x + 2).min(map.width()) {
                claim(map, level, row * map.width() + column, taken, open)?;
            }
        }
    }
    Ok(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_touch_at_a_corner_are_one_region() {
        let map = Plane::from_slice(&[0.6, 0.0, 0.0, 0.0, 0.0, 0.7, 0.0, 0.0, 0.0, 0.0, 0.0, 0.9], 4, 3).unwrap();
        let all = find_regions(&map, 0.5, 1).unwrap();
        assert_eq!(
            all,
            [Region { x1: 3, y1: 2, x2: 4, y2: 3, area: 1, peak: 0.9 }, Region { x1: 0, y1: 0, x2: 2, y2: 2, area: 2, peak: 0.7 },]
        );
        assert_eq!(find_regions(&map, 0.5, 2).unwrap(), all[1..]);
        assert_eq!(find_regions(&map, 0.95, 1).unwrap(), []);
    }

    #[test]
    fn a_value_that_is_no_number_reaches_no_level() {
        let map = Plane::from_slice(&[f32::NAN, 0.5], 2, 1).unwrap();
        assert_eq!(find_regions(&map, 0.5, 1).unwrap().len(), 1);
    }
}
