/** What the accuracy contract allows, and how far a result is from the exact value. */
package dev.hillock.accuracy;
