"""Forks an initialised function, when Hearth asks for it: each child is an instance of its own.

A child shares with its siblings what its sandbox is for the rest of the machine: user, network, process list. It has
its own memory, /tmp, output, limits and Runtime API. It makes itself a user and a mount namespace, says so, and waits
until Hearth has given it its /tmp.
"""
import ctypes
import gc
import os
import signal
import stat
import sys

_NEW_USER_AND_MOUNTS = 0x10000000 | 0x20000
_WAIT_SECONDS = 10

_libc = None
_no_capabilities = None
_sockets = []
# Where siblings would read and write the same: what an event loop waits for, a file that changes.
_SHARED = ("anon_inode:[eventpoll]", "anon_inode:[io_uring]", "anon_inode:inotify", "/tmp/", "/dev/shm/")


class CannotFork(Exception):
    """Says why, for the server's log."""


def fork(command):
    """Returns an answer and None in the parent, and None and the address of its Runtime API in the child.

    The command is two lines: the child's directory and its log stream. An empty one has it get ready.
    """
    try:
        if _libc is None:
            _prepare()
        _require_one_thread()
        if not command:
            return "ready", None
        directory, log_stream = command.split("\n")
        return (None, directory + "/api") if _fork(directory, log_stream) else ("forked", None)
    except CannotFork as e:
        return "cannot: %s" % e, None


def _require_one_thread():
    count = len(os.listdir("/proc/self/task"))
    if count != 1:
        raise CannotFork("it has %d threads; libraries may offer a setting, such as OPENBLAS_NUM_THREADS=1" % count)


def _prepare():
    """Looks for what children would have in common and should not; it comes while the function initialises."""
    global _libc, _no_capabilities
    _require_one_thread()
    if os.listdir("/tmp"):
        raise CannotFork("it has written to /tmp while it initialised, and children would not find that")
    with open("/proc/self/task/%d/children" % os.getpid()) as children:
        if children.read().strip():
            raise CannotFork("it has started other processes")
    with open("/proc/self/maps") as maps:
        if any(line.split(" ", 2)[1].startswith("rw-s") for line in maps):
            raise CannotFork("it has memory that processes share")
    for name in os.listdir("/proc/self/fd"):
        _look_at(int(name))
    _no_capabilities = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    _libc = ctypes.CDLL(None, use_errno=True)
    # What is there now stays: a collection would touch, and so copy, it in each child.
    gc.collect()
    gc.freeze()


def _look_at(fd):
    try:
        mode = os.fstat(fd).st_mode
        target = os.readlink("/proc/self/fd/%d" % fd)
    except OSError:
        return  # that of the directory which lists them
    if stat.S_ISSOCK(mode):
        _sockets.append(fd)
    elif target.startswith(_SHARED):
        raise CannotFork("it has opened %s" % target)


def _fork(directory, log_stream):
    """Whether this is the child."""
    _reap()
    listens, says = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGUSR1,))
    pid = os.fork()
    if pid == 0:
        try:
            os.close(listens)
            _separate()
            os.write(says, b"1")
            os.close(says)
            _go_on(directory, log_stream, before)
            return True
        except BaseException as e:
            try:
                os.write(says, str(e).encode() or b"?")
            finally:
                os._exit(1)
    os.close(says)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    said = os.read(listens, 1000)
    os.close(listens)
    if said != b"1":
        raise CannotFork("the child could not be separated: " + said.decode("utf-8", "replace"))
    return False


def _reap():
    """Those that have ended; the server has read their status."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _separate():
    """Own namespaces, without the rights that come with them."""
    _drop_connections()
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(_NEW_USER_AND_MOUNTS) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for name, value in (("setgroups", "deny"), ("uid_map", "%d %d 1" % (user, user)), ("gid_map", "%d %d 1" % (group, group))):
        fd = os.open("/proc/self/" + name, os.O_WRONLY)
        os.write(fd, value.encode())
        os.close(fd)
    if _libc.capset(*_no_capabilities) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _drop_connections():
    """Puts a connection whose peer has gone in the place of each, the zygote's own too.

    Libraries then find theirs closed, and open another. To close the descriptors would let others get their numbers.
    """
    import _socket

    dead, peer = _socket.socketpair()
    peer.close()
    for fd in _sockets:
        os.dup2(dead.fileno(), fd, inheritable=False)
    dead.close()


def _go_on(directory, log_stream, signals):
    if signal.sigtimedwait((signal.SIGUSR1,), _WAIT_SECONDS) is None:
        os._exit(1)
    signal.pthread_sigmask(signal.SIG_SETMASK, signals)
    log = os.open(directory + "/log", os.O_WRONLY)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    os.unlink(directory + "/log")
    os.environ["AWS_LAMBDA_LOG_STREAM_NAME"] = log_stream
    _reseed()


def connected(address):
    """Leaves nothing of Hearth's in the child's /tmp."""
    os.unlink(address)
    os.rmdir(os.path.dirname(address))


def _reseed():
    """What made random numbers in the parent would make the same ones in every child."""
    modules = sys.modules
    if "random" in modules:
        modules["random"].seed()
    if "uuid" in modules:
        modules["uuid"]._last_timestamp = None
    if "numpy.random" in modules:
        modules["numpy.random"].seed()
    if "ssl" in modules:
        modules["ssl"].RAND_add(os.urandom(32), 32.0)
