'use strict';
[curves, family, gradients, plane, softmax, sheet, machine].forEach(section => section.begin());
