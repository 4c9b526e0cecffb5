package dev.hearth.sandbox;

import static dev.hearth.sandbox.Syscall.CLONE;
import static dev.hearth.sandbox.Syscall.CLONE3;
import static dev.hearth.sandbox.Syscall.IOCTL;
import static dev.hearth.sandbox.Syscall.PERSONALITY;
import static dev.hearth.sandbox.Syscall.SOCKET;
import static dev.hearth.sandbox.Syscall.SOCKETPAIR;
import static dev.hearth.sandbox.Syscall.UNSHARE;

import java.util.List;
import java.util.Optional;

/// Which system calls the code in a sandbox may not make: what administers the machine, opens a way out of the
/// namespaces, or is a large piece of kernel that functions have no use for. A list of what is refused and not of what
/// is allowed, after the default profile of container engines, so that a new libc or runtime goes on working.
///
/// `ptrace` stays allowed, as there: since Linux 4.8 it cannot get around a filter, and the only processes that can be
/// seen are the sandbox's own, which have the same rights. `process_vm_*` gives no more and is refused because only
/// debuggers use it, which fall back on ptrace.
final class SeccompPolicy {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EPROTONOSUPPORT = 93;
    private static final int EAFNOSUPPORT = 97;

    private static final int AUDIT_ARCH_X86_64 = 0xC000003E;
    private static final int AUDIT_ARCH_AARCH64 = 0xC00000B7;
    /// x32 calls have this bit in their number; the rules would not match them.
    private static final int X32 = 0x40000000;

    /// mount, cgroup, uts, ipc, user, pid and net
    private static final int NEW_NAMESPACES = 0x7E020000;
    /// For `unshare` alone: in `clone` the bit belongs to the exit signal.
    private static final int NEW_TIME_NAMESPACE = 0x80;

    /// CLONE_NEWUSER | CLONE_NEWNS
    private static final int OWN_USER_AND_MOUNTS = 0x10020000;

    private static final int CLONE_FS = 0x200;
    private static final int CLONE_FILES = 0x400;

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int NETLINK_ROUTE = 0;

    /// Put characters into a terminal's input; TIOCLINUX does so by pasting a selection.
    private static final int TIOCSTI = 0x5412;

    private static final int TIOCLINUX = 0x541C;

    private static final List<Syscall> REFUSED = List.of(
            // mounts and namespaces
            Syscall.MOUNT,
            Syscall.UMOUNT2,
            Syscall.PIVOT_ROOT,
            Syscall.CHROOT,
            Syscall.SETNS,
            Syscall.OPEN_TREE,
            Syscall.OPEN_TREE_ATTR,
            Syscall.MOVE_MOUNT,
            Syscall.FSOPEN,
            Syscall.FSCONFIG,
            Syscall.FSMOUNT,
            Syscall.FSPICK,
            Syscall.MOUNT_SETATTR,
            Syscall.OPEN_BY_HANDLE_AT,
            // other processes
            Syscall.PROCESS_VM_READV,
            Syscall.PROCESS_VM_WRITEV,
            Syscall.PROCESS_MADVISE,
            Syscall.PIDFD_GETFD,
            Syscall.KCMP,
            Syscall.MOVE_PAGES,
            Syscall.MIGRATE_PAGES,
            // keyrings know no namespaces
            Syscall.ADD_KEY,
            Syscall.REQUEST_KEY,
            Syscall.KEYCTL,
            // large parts of the kernel that are attacked often
            Syscall.BPF,
            Syscall.PERF_EVENT_OPEN,
            Syscall.USERFAULTFD,
            Syscall.FANOTIFY_INIT,
            Syscall.MODIFY_LDT,
            Syscall.LOOKUP_DCOOKIE,
            Syscall.NFSSERVCTL,
            Syscall.USELIB,
            // the machine
            Syscall.KEXEC_LOAD,
            Syscall.KEXEC_FILE_LOAD,
            Syscall.INIT_MODULE,
            Syscall.FINIT_MODULE,
            Syscall.DELETE_MODULE,
            Syscall.CREATE_MODULE,
            Syscall.REBOOT,
            Syscall.SWAPON,
            Syscall.SWAPOFF,
            Syscall.ACCT,
            Syscall.QUOTACTL,
            Syscall.QUOTACTL_FD,
            Syscall.SETTIMEOFDAY,
            Syscall.CLOCK_SETTIME,
            Syscall.SYSLOG,
            Syscall.VHANGUP,
            Syscall.IOPERM,
            Syscall.IOPL);

    /// "Not there" rather than "not allowed", so that libraries take their other way.
    private static final List<Syscall> ABSENT = List.of(
            Syscall.IO_URING_SETUP,
            Syscall.IO_URING_ENTER,
            Syscall.IO_URING_REGISTER,
            // Its flags are in memory, where a filter cannot look; glibc then uses clone, whose flags are an argument.
            CLONE3);

    private SeccompPolicy() {}

    /// The program for the machine this runs on; empty where its calls are not known here.
    ///
    /// @param forks whether a process may make itself a user and a mount namespace, both at once and no other: what
    ///     is forked needs a `/tmp` of its own. Nothing can be mounted or entered from there, as before
    static Optional<byte[]> program(boolean forks) {
        return program(System.getProperty("os.arch", ""), forks);
    }

    static Optional<byte[]> program(String architecture, boolean forks) {
        return switch (architecture) {
            case "amd64", "x86_64" -> Optional.of(program(true, forks));
            case "aarch64" -> Optional.of(program(false, forks));
            default -> Optional.empty();
        };
    }

    private static byte[] program(boolean x86, boolean forks) {
        SeccompAssembler program = new SeccompAssembler(x86 ? AUDIT_ARCH_X86_64 : AUDIT_ARCH_AARCH64);
        if (x86) {
            program.refuseNumbersFrom(X32, ENOSYS);
        }
        refuseAll(program, x86, REFUSED, EPERM);
        refuseAll(program, x86, ABSENT, ENOSYS);
        program.refuseBits(CLONE.number(x86), 0, NEW_NAMESPACES, EPERM);
        if (forks) {
            program.allowValues(UNSHARE.number(x86), 0, EPERM, OWN_USER_AND_MOUNTS, CLONE_FS, CLONE_FILES);
        } else {
            program.refuseBits(UNSHARE.number(x86), 0, NEW_NAMESPACES | NEW_TIME_NAMESPACE, EPERM);
        }
        program.refuseValues(IOCTL.number(x86), 1, EPERM, TIOCSTI, TIOCLINUX);
        // The default, its 32-bit relative that uname shows, and the question for the current one.
        program.allowValues(PERSONALITY.number(x86), 0, EPERM, 0, 8, 0x20000, 0x20008, 0xFFFFFFFF);
        sockets(program, SOCKET.number(x86));
        sockets(program, SOCKETPAIR.number(x86));
        return program.finish();
    }

    /// Netlink tells libc the machine's interfaces and addresses; its other protocols configure the kernel.
    private static void sockets(SeccompAssembler program, int number) {
        program.whenFirstThenThird(number, AF_NETLINK, NETLINK_ROUTE, EPROTONOSUPPORT);
        program.allowValues(number, 0, EAFNOSUPPORT, AF_UNIX, AF_INET, AF_INET6);
    }

    private static void refuseAll(SeccompAssembler program, boolean x86, List<Syscall> calls, int errno) {
        for (Syscall call : calls) {
            if (call.number(x86) >= 0) {
                program.refuse(call.number(x86), errno);
            }
        }
    }
}
