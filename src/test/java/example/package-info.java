/// Somebody else's application: it knows of Parley the bus and `Parley`, nothing else.
package example;
