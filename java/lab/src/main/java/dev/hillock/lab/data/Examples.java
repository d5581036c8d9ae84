package dev.hillock.lab.data;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a command learns from.
 *
 * @param name for people
 * @param split standardised
 */
public record Examples(String name, Split split) implements Serializable {
    // The split does not depend on the seed of a training, so that accuracies can be compared between seeds.
    private static final long SPLIT_SEED = 1797;
    private static final double TEST_SHARE = 0.2;
    private static final String FASHION_MNIST = "fashion-mnist";

    /**
     * The words behind {@code --data}: none for the handwritten digits, {@code fashion-mnist}, or two .npy files.
     *
     * @throws IllegalArgumentException saying what is wrong with the words or a file
     * @throws IOException if a file cannot be read
     */
    public static Examples of(List<String> words) throws IOException {
        return of(words, false);
    }

    /** The same; the second .npy file may hold numbers to predict instead of labels. */
    public static Examples withNumbers(List<String> words) throws IOException {
        return of(words, true);
    }

    private static Examples of(List<String> words, boolean numbers) throws IOException {
        if (words == null || words.isEmpty()) {
            return held("handwritten digits", Digits.load());
        }
        if (words.equals(List.of(FASHION_MNIST))) {
            return new Examples(
                    "Fashion-MNIST", FashionMnist.load(FashionMnist.FOLDER).standardized());
        }
        if (words.size() != 2) {
            throw new IllegalArgumentException(
                    "--data needs two files, X.npy Y.npy, or fashion-mnist, not '" + words.get(0) + "'");
        }
        Path inputs = Path.of(words.get(0));
        Path answers = Path.of(words.get(1));
        return held(
                words.get(0),
                numbers && UserData.holdsNumbers(answers)
                        ? UserData.loadNumbers(inputs, answers)
                        : UserData.load(inputs, answers));
    }

    private static Examples held(String name, Dataset data) {
        return new Examples(name, Split.stratified(data, TEST_SHARE, SPLIT_SEED).standardized());
    }

    /** The same with only the first of the examples to learn from; all are held out that were. */
    public Examples first(int count) {
        int rows = split.train().rows();
        if (count < 1 || count > rows) {
            throw new IllegalArgumentException("--examples must be 1 to " + rows + " for " + name + ", not " + count);
        }
        int[] positions = IntStream.range(0, count).toArray();
        return new Examples(name, new Split(split.train().select(positions), split.test()));
    }
}
