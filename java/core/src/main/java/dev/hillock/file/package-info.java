/** Files that are whole or as they were. */
package dev.hillock.file;
