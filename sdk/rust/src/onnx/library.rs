//! Finds and opens ONNX Runtime: in the plugin's package, then where the user says, then on the system.
use std::env;
use std::ffi::{c_void, CStr};
use std::mem;
use std::path::{Path, PathBuf};

use super::api::{Api, ApiBase, API_VERSION};
use super::system;
use crate::error::{Code, Error, Result};

const ROOT_VARIABLE: &str = "ONNXRUNTIME_ROOT";

const NAMES: &[&str] = if cfg!(windows) {
    &["onnxruntime.dll"]
} else if cfg!(target_os = "macos") {
    &["libonnxruntime.1.dylib", "libonnxruntime.dylib"]
} else {
    &["libonnxruntime.so.1", "libonnxruntime.so"]
};

/// ONNX Runtime's functions, or `InitFailed` that lists where it looked.
pub(super) fn load_api() -> Result<&'static Api> {
    let package = system::file_of(load_api as *const c_void).and_then(|own| package_folder(&own));
    let root = env::var_os(ROOT_VARIABLE).filter(|root| !root.is_empty()).map(PathBuf::from);
    let mut looked = Vec::new();
    for path in candidates(package.as_deref(), root.as_deref()) {
        let bare = is_bare(&path);
        let opened = if bare || path.exists() { api_of(&path) } else { Err("not there".into()) };
        match opened {
            Ok(api) => return Ok(api),
            Err(why) => looked.push(format!("{}{} ({why})", path.display(), if bare { " on the system" } else { "" })),
        }
    }
    let variable = if root.is_none() { format!("; {ROOT_VARIABLE} is not set") } else { String::new() };
    let text = format!("ONNX Runtime 1.17 or later was not found. Looked for {}{variable}", looked.join("; "));
    Err(Error::new(Code::InitFailed, text))
}

/// bin/<dir>/plugin.so finds deps/<dir>, whatever <dir> is called.
fn package_folder(own: &Path) -> Option<PathBuf> {
    let folder = own.parent()?;
    Some(folder.parent()?.parent()?.join("deps").join(folder.file_name()?))
}

/// All places in order of preference; a bare name leaves the search to the system.
fn candidates(package: Option<&Path>, root: Option<&Path>) -> Vec<PathBuf> {
    let folders = [package.map(PathBuf::from), root.map(|root| root.join("lib")), root.map(PathBuf::from), Some(PathBuf::new())];
    folders.into_iter().flatten().flat_map(|folder| NAMES.iter().map(move |name| folder.join(name))).collect()
}

fn is_bare(path: &Path) -> bool {
    path.parent().map_or(true, |folder| folder.as_os_str().is_empty())
}

/// The functions of one candidate, or why not. The library stays open until the process ends: unloading it under threads of its
/// own is unsafe, and opening it again costs nothing.
fn api_of(path: &Path) -> std::result::Result<&'static Api, String> {
    let library = system::open(path)?;
    let found = system::symbol(library, c"OrtGetApiBase");
    if found.is_null() {
        system::close(library);
        return Err("it is not ONNX Runtime".into());
    }
    // SAFETY: a library with this name has this function, and its tables live as long as it is open.
    unsafe {
        let get_base = mem::transmute::<*mut c_void, unsafe extern "system" fn() -> *const ApiBase>(found);
        let base = &*get_base();
        if let Some(api) = (base.get_api)(API_VERSION).as_ref() {
            return Ok(api);
        }
        let why = format!("its version {} is older than 1.17", CStr::from_ptr((base.version)()).to_string_lossy());
        system::close(library);
        Err(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_comes_first_and_the_system_last() {
        let paths = candidates(package_folder(Path::new("/app/bin/linux/plugin.so")).as_deref(), Some(Path::new("/opt/ort")));
        assert_eq!(paths[0], Path::new("/app/deps/linux").join(NAMES[0]));
        assert_eq!(paths[NAMES.len()], Path::new("/opt/ort/lib").join(NAMES[0]));
        assert_eq!(paths.last().map(PathBuf::as_path), NAMES.last().map(Path::new));
        assert!(paths.iter().filter(|path| is_bare(path)).count() == NAMES.len());
    }

    #[test]
    #[cfg(not(miri))] // miri has no loader
    fn what_is_no_onnx_runtime_is_refused_with_the_reason() {
        let own = system::file_of(load_api as *const c_void).unwrap();
        assert!(own.is_absolute() && own.exists());
        assert!(api_of(Path::new("/nowhere/libonnxruntime.so")).err().unwrap().contains("nowhere"));
    }
}
