package dev.hearth.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a zip will be once it is unpacked, checked before the first file is made: every path inside the tree,
/// none leading through a symbolic link, nothing but files, directories and links that stay inside. One thread.
final class PackagePlan {
    private static final int TYPE = 0170000;
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int EXECUTABLE = 0111;
    private static final int LONGEST_TARGET_BYTES = 4_095;

    /// A place in the tree.
    sealed interface Node {
        record Directory() implements Node {
            static final Directory INSTANCE = new Directory();
        }

        record RegularFile(ZipEntryHead entry, boolean executable) implements Node {}

        record Link(String target) implements Node {}
    }

    private final NavigableMap<String, Node> nodes = new TreeMap<>();
    private final int mostNodes;

    private PackagePlan(int mostNodes) {
        this.mostNodes = mostNodes;
    }

    /// Reads the directory of a zip.
    ///
    /// @param mostNodes the most files, links and directories, those included that have no entry of their own
    /// @throws dev.hearth.model.ApiException when it may not be unpacked
    static PackagePlan of(ZipReader zip, int mostNodes) throws IOException {
        if (zip.entries() == 0) {
            throw Refusal.empty();
        }
        if (zip.entries() > 2L * mostNodes) {
            throw Refusal.tooManyEntries(mostNodes);
        }
        var plan = new PackagePlan(mostNodes);
        var links = new java.util.ArrayList<ZipEntryHead>();
        zip.forEach(entry -> plan.add(entry, links));
        for (ZipEntryHead link : links) {
            plan.nodes.put(link.path().text(), new Node.Link(target(zip, link)));
        }
        plan.checkLinks();
        return plan;
    }

    /// All places, each directory before what is in it.
    NavigableMap<String, Node> nodes() {
        return nodes;
    }

    private void add(ZipEntryHead entry, List<ZipEntryHead> links) {
        List<String> segments = entry.path().segments();
        if (segments.isEmpty()) {
            return; // the root itself
        }
        Node node = node(entry);
        StringBuilder path = new StringBuilder();
        for (String segment : segments.subList(0, segments.size() - 1)) {
            path.append(path.isEmpty() ? "" : "/").append(segment);
            place(entry, path.toString(), Node.Directory.INSTANCE);
        }
        place(entry, entry.path().text(), node);
        if (node instanceof Node.Link) {
            links.add(entry);
        }
    }

    private void place(ZipEntryHead entry, String path, Node node) {
        Node before = nodes.putIfAbsent(path, node);
        if (before == null && nodes.size() > mostNodes) {
            throw Refusal.tooManyEntries(mostNodes);
        }
        if (before instanceof Node.Link) {
            throw Refusal.entry(
                    entry.path().text(),
                    "would be written through the symbolic link '" + path + "'; keep one of them.");
        }
        if (before instanceof Node.RegularFile && node instanceof Node.RegularFile) {
            nodes.put(path, node); // the same file twice: the later one, as unzip does
        } else if (before != null && before.getClass() != node.getClass()) {
            throw Refusal.entry(
                    entry.path().text(), "uses '" + path + "' both as a directory and as a file; keep one of them.");
        }
    }

    private static Node node(ZipEntryHead entry) {
        int mode = entry.unixMode();
        int type = mode & TYPE;
        if (entry.path().directory() || type == DIRECTORY) {
            return Node.Directory.INSTANCE;
        }
        if (type == LINK) {
            return new Node.Link(""); // its target is read once all names are known
        }
        if (type != FILE && type != 0) {
            throw Refusal.entry(entry.path().text(), "is a device, pipe or socket; remove it.");
        }
        // AWS gives all permissions to files of zips that do not tell any: a bootstrap zipped elsewhere runs
        return new Node.RegularFile(entry, mode == 0 || (mode & EXECUTABLE) != 0);
    }

    private static String target(ZipReader zip, ZipEntryHead link) throws IOException {
        byte[] target;
        try (InputStream in = zip.content(link)) {
            target = in.readNBytes(LONGEST_TARGET_BYTES + 1);
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw Refusal.unreadable();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(target))
                    .toString();
            if (!text.isEmpty() && target.length <= LONGEST_TARGET_BYTES && text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // refused below
        }
        throw Refusal.entry(link.path().text(), "is a symbolic link without a usable target; remove it.");
    }

    private void checkLinks() {
        var links = new TreeMap<String, String>();
        nodes.forEach((path, node) -> {
            if (node instanceof Node.Link(String target)) {
                links.put(path, target);
            }
        });
        var resolver = new LinkResolver(links);
        links.forEach((path, target) -> {
            if (!resolver.staysInside(path)) {
                throw Refusal.entry(
                        path, "is a symbolic link to '" + target + "', out of the package; copy the file instead.");
            }
        });
    }
}
