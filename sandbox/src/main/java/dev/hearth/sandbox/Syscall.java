package dev.hearth.sandbox;

/// Numbers of the system calls that the filter speaks of; -1 where an architecture has no such call.
enum Syscall {
    ACCT(163, 89),
    ADD_KEY(248, 217),
    BPF(321, 280),
    CHROOT(161, 51),
    CLOCK_SETTIME(227, 112),
    CLONE(56, 220),
    CLONE3(435, 435),
    CREATE_MODULE(174, -1),
    DELETE_MODULE(176, 106),
    FANOTIFY_INIT(300, 262),
    FINIT_MODULE(313, 273),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSOPEN(430, 430),
    FSPICK(433, 433),
    INIT_MODULE(175, 105),
    IOCTL(16, 29),
    IOPERM(173, -1),
    IOPL(172, -1),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    IO_URING_SETUP(425, 425),
    KCMP(312, 272),
    KEXEC_FILE_LOAD(320, 294),
    KEXEC_LOAD(246, 104),
    KEYCTL(250, 219),
    LOOKUP_DCOOKIE(212, 18),
    MIGRATE_PAGES(256, 238),
    MODIFY_LDT(154, -1),
    MOUNT(165, 40),
    MOUNT_SETATTR(442, 442),
    MOVE_MOUNT(429, 429),
    MOVE_PAGES(279, 239),
    NFSSERVCTL(180, 42),
    OPEN_BY_HANDLE_AT(304, 265),
    OPEN_TREE(428, 428),
    OPEN_TREE_ATTR(467, 467),
    PERF_EVENT_OPEN(298, 241),
    PERSONALITY(135, 92),
    PIDFD_GETFD(438, 438),
    PIVOT_ROOT(155, 41),
    PROCESS_MADVISE(440, 440),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    QUOTACTL(179, 60),
    QUOTACTL_FD(443, 443),
    REBOOT(169, 142),
    REQUEST_KEY(249, 218),
    SETNS(308, 268),
    SETTIMEOFDAY(164, 170),
    SOCKET(41, 198),
    SOCKETPAIR(53, 199),
    SWAPOFF(168, 225),
    SWAPON(167, 224),
    SYSLOG(103, 116),
    UMOUNT2(166, 39),
    UNSHARE(272, 97),
    USELIB(134, -1),
    USERFAULTFD(323, 282),
    VHANGUP(153, 58);

    private final int x86;
    private final int arm;

    Syscall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    int number(boolean onX86) {
        return onX86 ? x86 : arm;
    }
}
