'use strict';
[curves, family, gates, gradients, plane, softmax, sheet, machine].forEach(section => section.begin());
