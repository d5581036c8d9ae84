/**
 * Finds the activations of model files of many frameworks. Files are taken for hostile: nothing is read that was not
 * announced, nothing announced is believed beyond the file's length, and weights are skipped.
 */
package dev.hillock.model.scan;
