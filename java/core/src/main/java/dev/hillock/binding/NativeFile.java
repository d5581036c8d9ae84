package dev.hillock.binding;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.Loader;

/**
 * A native library's file, unpacked and whole. The operating system maps a library without reading it: the first touch
 * of what a truncated file lacks, or of a damaged page, would end the JVM. So a file is read once before it is loaded.
 */
public final class NativeFile {
    private static final int ELF_MAGIC = 0x464c457f;
    private static final int ELF_HEADER_BYTES = 64;

    private NativeFile() {}

    /**
     * The file of a library that lies in the package of a class, in the folder of this platform: the file itself where
     * it is one already, else a copy in JavaCPP's cache. Null if there is no such library on the class
     * path or the module path.
     *
     * @throws IOException if it cannot be unpacked, or is damaged
     */
    public static Path find(Class<?> neighbour, String library) throws IOException {
        String resource = Loader.getPlatform() + "/" + System.mapLibraryName(library);
        // Not Class.getResource, which on the module path does not leave the class's own module.
        URL url = Loader.findResource(neighbour, resource);
        if (url == null) {
            return null;
        }
        Path file = unpacked(url);
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            JarEntry entry = jar.getJarEntry();
            if (!isCopyOf(entry, file)) {
                // An earlier process or a full disk left it so: once more.
                Files.delete(file);
                file = unpacked(url);
                if (!isCopyOf(entry, file)) {
                    throw new IOException(file + " differs from its original in " + jar.getJarFileURL());
                }
            }
        }
        requireWhole(file);
        return file;
    }

    private static Path unpacked(URL url) throws IOException {
        File file = Loader.cacheResource(url);
        if (file == null) {
            throw new IOException("JavaCPP's cache cannot be written (org.bytedeco.javacpp.cachedir)");
        }
        return file.toPath();
    }

    private static boolean isCopyOf(JarEntry entry, Path file) throws IOException {
        return Files.size(file) == entry.getSize() && crc(file) == entry.getCrc();
    }

    private static long crc(Path file) throws IOException {
        CRC32 crc = new CRC32();
        byte[] part = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                crc.update(part, 0, read);
            }
        }
        return crc.getValue();
    }

    // The table of an ELF file's sections is its end. Other formats are checked by their own loaders.
    private static void requireWhole(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(ELF_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long size;
        try (SeekableByteChannel channel = FileChannel.open(file)) {
            size = channel.size();
            while (header.hasRemaining() && channel.read(header) >= 0) {
                continue;
            }
        }
        if (header.hasRemaining() || header.getInt(0) != ELF_MAGIC) {
            return;
        }
        long sections = header.getLong(0x28);
        long end = sections
                + (long) Short.toUnsignedInt(header.getShort(0x3a)) * Short.toUnsignedInt(header.getShort(0x3c));
        if (end > size || end < 0) {
            throw new IOException(file + " is truncated: " + size + " of at least " + end + " bytes");
        }
    }
}
