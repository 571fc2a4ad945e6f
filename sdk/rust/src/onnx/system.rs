//! The system's way to open libraries, find functions in them, and say where this very library lies.
pub(super) use imp::{close, file_of, open, symbol};

#[cfg(unix)]
mod imp {
    use std::ffi::{c_char, c_int, c_void, CStr, CString, OsStr};
    use std::os::unix::ffi::OsStrExt;
    use std::path::{Path, PathBuf};
    use std::ptr;

    #[repr(C)]
    struct DlInfo {
        file: *const c_char,
        base: *mut c_void,
        symbol: *const c_char,
        address: *mut c_void,
    }

    #[cfg_attr(target_os = "linux", link(name = "dl"))]
    extern "C" {
        fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
        fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
        fn dlclose(library: *mut c_void) -> c_int;
        fn dlerror() -> *const c_char;
        fn dladdr(address: *const c_void, info: *mut DlInfo) -> c_int;
    }

    // RTLD_LOCAL is 0 on Linux and 4 on macOS.
    const NOW_AND_LOCAL: c_int = if cfg!(target_os = "macos") { 2 | 4 } else { 2 };

    /// Opens a library for good, or says why not.
    pub(crate) fn open(path: &Path) -> Result<*mut c_void, String> {
        let path = CString::new(path.as_os_str().as_bytes()).map_err(|_| "its path has a NUL".to_string())?;
        // SAFETY: a text that ends in NUL; what the library's own start does is the same for every program that loads it.
        let library = unsafe { dlopen(path.as_ptr(), NOW_AND_LOCAL) };
        if !library.is_null() {
            return Ok(library);
        }
        // SAFETY: NULL or a text of this thread until the next call of dl functions.
        let why = unsafe { dlerror().as_ref().map(|first| CStr::from_ptr(first).to_string_lossy().into_owned()) };
        Err(why.unwrap_or_else(|| "it cannot be opened".into()))
    }

    /// NULL if there is none.
    pub(crate) fn symbol(library: *mut c_void, name: &CStr) -> *mut c_void {
        // SAFETY: a library of `open` and a text that ends in NUL.
        unsafe { dlsym(library, name.as_ptr()) }
    }

    pub(crate) fn close(library: *mut c_void) {
        // SAFETY: a library of `open` from which nothing is used any more.
        unsafe { dlclose(library) };
    }

    /// The file that holds the code at an address.
    pub(crate) fn file_of(address: *const c_void) -> Option<PathBuf> {
        let mut info = DlInfo { file: ptr::null(), base: ptr::null_mut(), symbol: ptr::null(), address: ptr::null_mut() };
        // SAFETY: it only fills the struct; any address may be asked for.
        if unsafe { dladdr(address, &mut info) } == 0 || info.file.is_null() {
            return None;
        }
        // SAFETY: the loader's own text, which lives as long as the library that runs this code.
        let file = Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(info.file) }.to_bytes()));
        Some(file.canonicalize().unwrap_or_else(|_| file.into()))
    }
}

#[cfg(windows)]
mod imp {
    use std::ffi::{c_char, c_void, CStr, OsString};
    use std::os::windows::ffi::{OsStrExt, OsStringExt};
    use std::path::{Path, PathBuf};
    use std::ptr;

    #[link(name = "kernel32")]
    extern "system" {
        fn LoadLibraryExW(path: *const u16, file: *mut c_void, flags: u32) -> *mut c_void;
        fn GetProcAddress(library: *mut c_void, name: *const c_char) -> *mut c_void;
        fn FreeLibrary(library: *mut c_void) -> i32;
        fn GetModuleHandleExW(flags: u32, address: *const c_void, library: *mut *mut c_void) -> i32;
        fn GetModuleFileNameW(library: *mut c_void, path: *mut u16, size: u32) -> u32;
    }

    const DLL_LOAD_DIR: u32 = 0x100;
    const DEFAULT_DIRS: u32 = 0x1000;
    const FROM_ADDRESS_UNCOUNTED: u32 = 0x4 | 0x2;

    /// Opens a library for good, or says why not. An absolute path lets its own folder serve what the library needs, if it has
    /// backslashes; a bare name is searched by the system.
    pub(crate) fn open(path: &Path) -> Result<*mut c_void, String> {
        let bare = path.parent().map_or(true, |folder| folder.as_os_str().is_empty());
        let flags = if bare { DEFAULT_DIRS } else { DLL_LOAD_DIR | DEFAULT_DIRS };
        let slash = u16::from(b'/');
        let wide: Vec<u16> =
            path.as_os_str().encode_wide().map(|unit| if unit == slash { u16::from(b'\\') } else { unit }).chain([0]).collect();
        // SAFETY: a text that ends in NUL; what the library's own start does is the same for every program that loads it.
        let library = unsafe { LoadLibraryExW(wide.as_ptr(), ptr::null_mut(), flags) };
        if library.is_null() {
            return Err(std::io::Error::last_os_error().to_string());
        }
        Ok(library)
    }

    /// NULL if there is none.
    pub(crate) fn symbol(library: *mut c_void, name: &CStr) -> *mut c_void {
        // SAFETY: a library of `open` and a text that ends in NUL.
        unsafe { GetProcAddress(library, name.as_ptr()) }
    }

    pub(crate) fn close(library: *mut c_void) {
        // SAFETY: a library of `open` from which nothing is used any more.
        unsafe { FreeLibrary(library) };
    }

    /// The file that holds the code at an address.
    pub(crate) fn file_of(address: *const c_void) -> Option<PathBuf> {
        let mut library = ptr::null_mut();
        let mut path = vec![0u16; 32768];
        // SAFETY: any address may be asked for; the library is not counted, and the buffer has the size it says.
        let length = unsafe {
            if GetModuleHandleExW(FROM_ADDRESS_UNCOUNTED, address, &mut library) == 0 {
                return None;
            }
            GetModuleFileNameW(library, path.as_mut_ptr(), path.len() as u32)
        };
        Some(OsString::from_wide(&path[..length as usize]).into())
    }
}
