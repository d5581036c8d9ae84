package dev.hillock.binding;

import java.util.List;

/** The bindings of this JVM, the preferred one first. JDK 22 and later find another edition of this class. */
final class Bindings {
    static final List<Binding> ALL = List.of(new Binding("jni", JniCalls::open));

    private Bindings() {}
}
