package dev.hillock.lab.study;

/** Machines that can do the trainings of a study; an artifact of its own provides one as a service. */
public interface Cluster {
    /**
     * What runs on the cluster of this address; nothing is contacted before there is work.
     *
     * @throws IllegalArgumentException if the address cannot be one
     * @throws IllegalStateException with the reason if this JVM cannot do it
     */
    Workers at(String master);
}
