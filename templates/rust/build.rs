//! Links the library so that it binds its own calls to itself and carries a number of its build.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        for flag in ["-Bsymbolic-functions", "--build-id=sha1", "-z,relro", "-z,now", "-z,noexecstack"] {
            println!("cargo:rustc-cdylib-link-arg=-Wl,{flag}");
        }
    }
}
