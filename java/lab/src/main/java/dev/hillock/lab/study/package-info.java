/** Studies: which activation does better in the same network, and how sure that is. */
package dev.hillock.lab.study;
