//! Looks at the model file before the author's code does, with the contract's codes for what is wrong.
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::error::{Code, Error, Result};

/// `ModelNotFound` if there is none; `InitFailed` if it cannot be read or is empty, which is no model of any kind.
pub(crate) fn check_model(path: &Path) -> Result<()> {
    if path.as_os_str().is_empty() {
        return Err(Error::new(Code::ModelNotFound, "Failed to open model file: no path was given"));
    }
    let refuse = |code, why: &str| Err(Error::new(code, format!("Failed to open model file {}: it {why}", path.display())));
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if is_missing(&error) => return refuse(Code::ModelNotFound, "does not exist"),
        Err(_) => return refuse(Code::InitFailed, "cannot be opened"),
    };
    match file.read(&mut [0]) {
        Ok(0) => refuse(Code::InitFailed, "is empty"),
        Ok(_) => Ok(()),
        Err(_) => refuse(Code::InitFailed, "cannot be read"),
    }
}

/// A path through a file (ENOTDIR) leads nowhere too, and so does a name that the system cannot have.
fn is_missing(error: &std::io::Error) -> bool {
    let through_a_file = cfg!(unix) && error.raw_os_error() == Some(20);
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidInput) || through_a_file
}

#[cfg(all(test, not(miri)))] // miri has no files
mod tests {
    use super::*;

    #[test]
    fn every_way_to_be_no_model_has_its_code() {
        let folder = std::env::temp_dir().join(format!("mvas-plugin-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (full, empty) = (folder.join("full"), folder.join("empty"));
        std::fs::write(&full, "model").unwrap();
        std::fs::write(&empty, "").unwrap();
        let code = |path: &Path| check_model(path).map_err(|error| error.code());
        assert_eq!(code(&full), Ok(()));
        assert_eq!(code(&empty), Err(Code::InitFailed));
        assert_eq!(code(&folder), Err(Code::InitFailed));
        assert_eq!(code(&folder.join("none")), Err(Code::ModelNotFound));
        assert_eq!(code(Path::new("")), Err(Code::ModelNotFound));
        #[cfg(unix)]
        assert_eq!(code(&full.join("inside")), Err(Code::ModelNotFound));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
