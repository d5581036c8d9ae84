/** Examples to learn from: the digits that ship with the lab, the user's own files, splits and standardisation. */
package dev.hillock.lab.data;
