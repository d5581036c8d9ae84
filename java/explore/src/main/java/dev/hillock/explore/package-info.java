/** The explorer: one page on which every function can be seen and touched, served on this machine or kept as a file. */
package dev.hillock.explore;
