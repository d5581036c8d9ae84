/** Descriptions of networks as files: read, checked, changed, written. */
package dev.hillock.model;
