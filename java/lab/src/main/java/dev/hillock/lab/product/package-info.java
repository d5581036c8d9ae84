/** The matrix products of dense layers, by oneDNN or in Java, and the threads they run on. */
package dev.hillock.lab.product;
