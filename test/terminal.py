# Runs a program on a pseudo terminal: waits for each expected text, then types. argv: JSON [[text, keys], ...], then the program.
import fcntl, json, os, pty, re, select, struct, sys, termios, time

steps = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
seen = b""


def plain():
    return re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", seen)


deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    elif steps and steps[0][0].encode() in plain():
        _, keys = steps.pop(0)
        seen = seen if not steps else b""
        os.write(terminal, keys.encode())
else:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(plain())
sys.exit(os.waitstatus_to_exitcode(status) if not steps else 99)
