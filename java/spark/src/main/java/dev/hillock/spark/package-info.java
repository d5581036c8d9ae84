/** Trainings of a study on Apache Spark. */
package dev.hillock.spark;
