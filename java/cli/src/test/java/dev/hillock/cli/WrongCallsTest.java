package dev.hillock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a call: exit status 2, one line that says it, and no file touched. */
class WrongCallsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        write("x.npy", 2, 3);
        write("other.npy", 3, 2);
        Files.write(folder.resolve("labels.npy"), labels());
        Files.writeString(folder.resolve("text.npy"), "not an array");
        Files.writeString(folder.resolve("out.npy"), "old");
        Files.createDirectory(folder.resolve("dir"));
    }

    // Class indices 0 and 3.
    private static byte[] labels() {
        String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        return bytes.put(header.getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putInt(3)
                .array();
    }

    private void write(String name, long... shape) throws IOException {
        NpyHeader header = new NpyHeader(NpyType.FLOAT32, shape);
        try (NpyWriter writer = NpyWriter.create(folder.resolve(name), header)) {
            writer.write(new float[(int) header.elements()], (int) header.elements());
            writer.commit();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a command is needed: ",
                "inf | unknown command 'inf' (nearest: info)",
                "--jsn | unknown option '--jsn' (nearest: ",
                "info --jsn | unknown option '--jsn' (nearest: --json)",
                "info extra | argument 'extra' is not supported by info",
                "list geluu | unknown function 'geluu' (nearest: gelu)",
                "list gelu silu | argument 'silu' is not supported by list",
                "apply | Missing required parameters: 'FUNCTION', 'IN.npy', 'OUT.npy'",
                "apply gelu D/x.npy | Missing required parameter: 'OUT.npy'",
                "apply geluu D/x.npy D/out.npy | unknown function 'geluu' (nearest: gelu)",
                "apply gelu D/none.npy D/out.npy | D/none.npy: no such file",
                "apply gelu D/dir D/out.npy | D/dir: is a directory",
                "apply gelu D/text.npy D/out.npy | D/text.npy: not a .npy file",
                "apply gelu D/x.npy D/dir | D/dir: is a directory",
                "apply gelu D/x.npy D/none/out.npy | D/none/out.npy: folder D/none does not exist",
                "apply gelu D/x.npy D/out.npy --engine gpu | unknown engine 'gpu' (nearest: ",
                "apply gelu D/x.npy D/out.npy --engine | Missing required parameter for option '--engine'",
                "apply gelu D/x.npy D/out.npy --threads 0 | --threads must be 1 to 32767, not 0",
                "apply gelu D/x.npy D/out.npy --threads 32768 | --threads must be 1 to 32767, not 32768",
                "apply gelu D/x.npy D/out.npy --threads two | Invalid value for option '--threads'",
                "apply gelu D/x.npy D/out.npy --axis 0 | argument --axis of gelu is not supported",
                "apply gelu D/x.npy D/out.npy --param beta=1 | unknown parameter 'beta' of gelu",
                "apply elu D/x.npy D/out.npy --param beta=1 | unknown parameter 'beta' of elu (nearest: alpha)",
                "apply elu D/x.npy D/out.npy --param alpha | --param alpha: a name, '=' and a value are needed",
                "apply gelu D/x.npy D/out.npy --param approximate=foo | parameter 'approximate' is 'none' or 'tanh', not 'foo'",
                "apply swiglu D/x.npy D/out.npy --param layout=two_inputs | argument layout=two_inputs is not supported",
                "apply swiglu D/x.npy D/out.npy --param alpha=2 | unknown parameter 'alpha' of swiglu (nearest: beta,",
                "apply elu D/x.npy D/out.npy --param alpha=one | --param alpha=one: 'one' is not a number",
                "apply elu D/x.npy D/out.npy --param alpha=inf | elu: parameter alpha must be finite",
                "apply elu D/x.npy D/out.npy --param alpha=@D/x.npy | argument --param alpha=@D/x.npy is not supported",
                "apply elu D/x.npy D/out.npy --param alpha=1 --param alpha=2 | --param alpha is given twice",
                "apply gelu D/x.npy D/out.npy --backward | --backward needs --grad DY.npy",
                "apply gelu D/x.npy D/out.npy --grad D/x.npy | argument --grad without --backward is not supported",
                "apply gelu D/x.npy D/out.npy --backward --grad D/other.npy | D/other.npy: shape (3, 2) differs from (2, 3) of D/x.npy",
                "apply gelu D/x.npy D/out.npy --param-grad alpha=D/g.npy | argument --param-grad of gelu is not supported",
                "apply gelu D/x.npy D/out.npy D/more.npy | argument 'D/more.npy' is not supported by apply",
                "apply softmax D/x.npy D/out.npy --axis 2 | --axis 2 is out of range for (2, 3) of D/x.npy",
                "apply softmax D/x.npy D/out.npy --axis -3 | --axis -3 is out of range for (2, 3) of D/x.npy",
                "apply softmax D/x.npy D/out.npy --param temperature=-1 | softmax: parameter temperature must be",
                "apply prelu D/x.npy D/out.npy --param beta=1 | unknown parameter 'beta' (nearest: alpha)",
                "apply prelu D/x.npy D/out.npy --param alpha=@D/none.npy | D/none.npy: no such file",
                "apply prelu D/x.npy D/out.npy --param alpha=@ | the name of a file is empty",
                "apply masked_softmax D/x.npy D/out.npy --param mask=@ | the name of a file is empty",
                "apply prelu D/x.npy D/out.npy --param alpha=@D/other.npy | D/other.npy: alpha of shape [3, 2] does not fit shape [2, 3]",
                "apply prelu D/x.npy D/out.npy --param-grad alpha=D/g.npy | argument --param-grad without --backward",
                "apply elu D/x.npy D/out.npy --backward --grad D/x.npy --param-grad alpha=D/out.npy | D/out.npy: two outputs cannot",
                "apply elu D/x.npy D/new --backward --grad D/x.npy --param-grad alpha=D/dir/../new | D/dir/../new: two outputs cannot",
                "apply prelu D/x.npy D/out.npy --backward --grad D/x.npy --param-grad alpha=D/out.npy | D/out.npy: two outputs cannot",
                "loss mse D/x.npy D/x.npy --grad D/out.npy --out D/out.npy | D/out.npy: two outputs cannot",
                "loss | Missing required parameters: 'NAME', 'PRED.npy', 'TARGET.npy'",
                "loss msee D/x.npy D/x.npy | unknown loss 'msee' (nearest: mse)",
                "loss gelu D/x.npy D/x.npy | unknown loss 'gelu' (gelu is an element-wise function: use hillock apply)",
                "loss softmax D/x.npy D/x.npy | unknown loss 'softmax' (softmax is a function over an axis: use hillock apply)",
                "loss huber(beta=1) D/x.npy D/x.npy | unknown parameter 'beta' of huber",
                "loss mse D/x.npy D/other.npy | D/other.npy: shape (3, 2) does not fit D/x.npy: [2, 3] is expected",
                "loss mse D/x.npy D/none.npy | D/none.npy: no such file",
                "loss mse D/x.npy D/x.npy --reduction most | unknown reduction 'most'",
                "loss mse D/x.npy D/x.npy --param beta=1 | unknown parameter 'beta' of mse",
                "loss mse D/x.npy D/x.npy --weight D/other.npy | D/other.npy: weight of shape [3, 2] does not fit shape [2, 3]",
                "loss cross_entropy D/x.npy D/x.npy --weight D/other.npy | D/other.npy: class weights: 6 given for 3 classes",
                "loss bce_with_logits D/x.npy D/x.npy --pos-weight D/other.npy | D/other.npy: pos-weight of shape [3, 2] does",
                "loss mse D/x.npy D/x.npy --axis 0 | argument --axis of mse is not supported",
                "loss mse D/x.npy D/x.npy --pos-weight D/x.npy | argument pos-weight is not supported",
                "loss gaussian_nll D/x.npy D/x.npy | gaussian_nll: argument variance must be given",
                "loss cross_entropy D/x.npy D/labels.npy | D/labels.npy: target 3 at position 1 is not a class of 0..2",
                "apply softmax D/x.npy D/out.npy --param axis=0 --axis 1 | argument --axis with --param axis is not supported",
                "apply softmax(axis=0) D/x.npy D/out.npy --axis 1 | argument --axis with --param axis is not supported",
                "check --golden --json | argument --golden with --json is not supported",
                "check --markdown --json | argument --markdown with --json is not supported",
                "check --golden --markdown | argument --golden with --markdown is not supported",
                "check --function isru --engine scalar | isru is not supported by engine scalar",
                "bench --function gelu,silu --direction from-output | argument --direction from-output of gelu,silu is not",
                "train --warn-dead 0.01 | argument --warn-dead without --diagnose is not supported",
                "explore --export D/new --port 5 | argument --port with --export is not supported",
                "explore --export D/none/new | D/none/new: folder D/none does not exist",
                "explore --export D/dir | D/dir: is a directory",
                "swap image-classifier 1:gelu D/none/new | D/none/new: folder D/none does not exist",
                "swap image-classifier 1:gelu D/text.npy/new | D/text.npy/new: folder D/text.npy is not a folder",
                "eval gelu | Missing required parameter: 'x'",
                "eval gelu one | x: 'one' is not a number",
                "eval swiglu 1 | unknown function 'swiglu' (swiglu is a gated unit: use hillock apply)",
                "eval mse 1 | unknown function 'mse' (mse is a loss: use hillock loss)",
                "apply bias_act D/x.npy D/out.npy | unknown function 'bias_act' (bias_act is a fused operation: use the API)",
                "bench --function kl_div | unknown function 'kl_div' (kl_div is a loss that bench does not have; losses of bench: cross_entropy, ",
                "bench --function l1 | unknown function 'l1' (l1 is a loss that bench does not have; losses of bench: cross_entropy, ",
                "bench --function huber(delta=2) | unknown function 'huber(delta=2)' (huber(delta=2) is a loss that bench does not have",
                "check --function mse | unknown function 'mse' (mse is a loss that check does not have; losses of bench: cross_entropy, ",
                "bench --function softmax --size 64 | --size is for element-wise functions; softmax has its own shapes",
                "bench --function CrossEntropyLoss --size 64 | --size is for element-wise functions; cross_entropy has its",
                "bench --function maxout,bias_gelu --size 64 | --size is for element-wise functions; maxout(k=2), bias_gelu have",
                "bench --function relu --size 16 --millis 1 --out D/text.npy | D/text.npy is not a directory",
                "train --activation softmax | unknown function 'softmax' (softmax is a function over an axis: no activation",
                "train --activation mse | unknown function 'mse' (mse is a loss: use --loss)",
                "eval geluu 1 | unknown function 'geluu' (nearest: gelu)",
                "explain geluu | unknown function 'geluu' (nearest: gelu)",
                "advise nothing | unknown task 'nothing' (known: ",
                "advise deep-plain | 'deep-plain' is a symptom: a task comes before it (known: binary, ",
                "advise binary nothing | unknown symptom 'nothing' (known: ",
                "bench --function geluu | unknown function 'geluu' (nearest: gelu)",
                "bench --function swiglo | unknown function 'swiglo' (nearest: swiglu)",
                "bench --function bias_atc(x=1) | unknown function 'bias_atc(x=1)' (nearest: bias_gelu)",
                "bench --size 0 | --size must be at least 1, not 0",
                "train --engine gpu | unknown engine 'gpu'",
                "train --activation geluu | unknown function 'geluu' (nearest: gelu)",
                "train --data D/x.npy | --data needs two files",
                "study --activations relu,geluu --out D/new | unknown function 'geluu' (nearest: gelu)",
                "study --activations relu,relu+gelu+elu --out D/new | relu+gelu+elu: 3 activations for 2 places",
                "study --activations silu,swish --out D/new | 'silu' and 'silu' are the same activations",
                "study --swap 3:gelu --out D/new | --swap 3:gelu: unknown layer '3' (known: 1, 2)",
                "study --swap gelu --out D/new | --swap gelu: layer:activation is needed",
                "study --seeds 0 --out D/new | --seeds must be at least 1, not 0",
                "study --epochs 0 --out D/new | --epochs must be at least 1, not 0",
                "study --jobs 0 --out D/new | --jobs must be at least 1, not 0",
                "study --examples 9999 --out D/new | --examples must be 1 to 1438",
                "study --engine gpu --out D/new | unknown engine 'gpu'",
                "study --out D/x.npy | D/x.npy is not a directory",
                "study --data D/x.npy D/none.npy --out D/new | D/none.npy: no such file",
                "study --data D/text.npy D/labels.npy --out D/new | D/text.npy: not a .npy file",
                "study --model D/none.json --out D/new | D/none.json: no such file",
                "study --model D/text.npy --out D/new | D/text.npy: no JSON: line 1",
                "study --model language-model --activations prelu --out D/new | language-model: block3.gate: prelu cannot be the gate",
                "study --model language-model --swap block1.up:geglu --out D/new | language-model: block1.up: geglu is a gated unit",
                "train --fit | argument --fit without --model is not supported",
                "train --model image-classifier --hidden 8 | argument --hidden with --model is not supported",
                "study extra --out D/new | argument 'extra' is not supported by study",
                "study --activation relu --out D/new | unknown option '--activation' (nearest: --activations)",
                "check --function geluu | unknown function 'geluu' (nearest: gelu)",
                "check --engine gpu | unknown engine 'gpu'",
                "check --threads 0 | --threads must be 1 to 32767, not 0",
                "check --threads 100000 | --threads must be 1 to 32767, not 100000",
                "bench --threads 0 | --threads must be 1 to 32767, not 0",
                "bench --threads 100000 | --threads must be 1 to 32767, not 100000",
                "train --threads 32768 | --threads must be 1 to 32767, not 32768",
                "bench --direction up | unknown direction 'up' (known: forward, backward, from-output)",
                "bench --update D/labels.npy | D/labels.npy is not UTF-8 text",
                "bench --update D/text.npy --size 16 | D/text.npy has no part between <!-- bench --> and <!-- /bench -->"
            })
    void saysWhatIsWrong(String words, String complaint) throws IOException {
        String actual = Call.line(words.replace("D/", folder + "/")).complaint();
        assertTrue(actual.startsWith(complaint.replace("D/", folder + "/")), actual);
        assertEquals("old", Files.readString(folder.resolve("out.npy")));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(6, left.count());
        }
    }

    @Test
    void jsonIsJudgedInWordsOfItsOwn() throws IOException {
        Path model = Files.writeString(folder.resolve("model.json"), "{\n \"layers\": [");
        String complaint = Call.line("scan " + model).complaint();
        assertTrue(complaint.startsWith(model + ": no JSON: line 2: Unexpected end-of-input"), complaint);
        assertFalse(complaint.contains("Source"), complaint);
    }

    @Test
    void arraysWithoutDimensionsAreNamed() throws IOException {
        write("one.npy");
        for (String f : List.of("glu", "logsumexp", "crelu", "softmax", "log_softmax")) {
            String complaint = Call.line("apply " + f + " " + folder + "/one.npy " + folder + "/out.npy")
                    .complaint();
            assertEquals(folder + "/one.npy: axis -1 of 0 dimensions", complaint);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "log_softmax", "sparsemax", "maxout(k=2)", "swiglu"})
    void anEmptyAxisIsNamed(String f) throws IOException {
        write("empty.npy", 3, 0, 2);
        String call = "apply " + f + " " + folder + "/empty.npy " + folder + "/new.npy --axis 1";
        assertEquals(
                folder + "/empty.npy: the axis is empty: (3, 0, 2)",
                Call.line(call).complaint());
        assertFalse(Files.exists(folder.resolve("new.npy")));
        write("empty.npy", 0, 0, 2);
        Call.line(call).succeeds();
    }

    @Test
    void anEmptyFileNameIsNoFolder() {
        for (String[] words : new String[][] {{"", "y.npy"}, {folder + "/x.npy", ""}}) {
            assertEquals(
                    "the name of a file is empty",
                    Call.of("apply", "gelu", words[0], words[1]).complaint());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross_entropy", "nll"})
    void labelsAreIntegers(String loss) throws IOException {
        write("floats.npy", 2);
        assertEquals(
                folder + "/floats.npy: element type '<f4' is not supported for labels, <i4 and <i8 are",
                Call.line("loss " + loss + " " + folder + "/x.npy " + folder + "/floats.npy")
                        .complaint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eval nonee 1", "list nonee", "bench --function nonee", "train --activation nonee"})
    void noneIsNeverTheNearest(String words) {
        String complaint = Call.line(words).complaint();
        assertTrue(complaint.startsWith("unknown function 'nonee' (nearest: "), complaint);
        assertFalse(complaint.contains("none)"), complaint);
    }

    @Test
    void anEngineThatIsNotThereSaysWhy() {
        String complaint = Call.line("apply gelu " + folder.resolve("x.npy") + " " + folder.resolve("out.npy")
                        + " --engine reference --threads 99999999999")
                .complaint();
        assertTrue(complaint.startsWith("Invalid value for option '--threads'"), complaint);
    }
}
