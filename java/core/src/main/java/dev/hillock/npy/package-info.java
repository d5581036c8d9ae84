/** Arrays in files as NumPy writes them, {@code .npy}. */
package dev.hillock.npy;
