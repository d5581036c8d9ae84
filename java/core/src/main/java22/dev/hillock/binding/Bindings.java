package dev.hillock.binding;

import java.util.List;

/** The bindings of this JVM, the preferred one first: the edition for JDK 22 and later, where FFM is the cheaper way. */
final class Bindings {
    static final List<Binding> ALL = List.of(new Binding("ffm", FfmCalls::open), new Binding("jni", JniCalls::open));

    private Bindings() {}
}
