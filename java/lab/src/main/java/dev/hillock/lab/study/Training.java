package dev.hillock.lab.study;

import dev.hillock.lab.data.Split;
import dev.hillock.lab.diagnose.LayerReport;
import dev.hillock.lab.diagnose.NetworkMonitor;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.LearnedPrelu;
import dev.hillock.lab.net.LearnedSwish;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.Evaluation;
import dev.hillock.lab.train.Objective;
import dev.hillock.lab.train.Schedule;
import dev.hillock.lab.train.Trainer;
import dev.hillock.lab.train.TrainingObserver;
import dev.hillock.lab.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;

/** One training of one candidate from one seed, with all instruments. The result depends on nothing else. */
final class Training {
    private final Settings settings;
    private final Split data;

    Training(Settings settings, Split data) {
        this.settings = settings;
        this.data = data;
    }

    /** A trainer as all trainings of the study use it. */
    static Trainer trainer(Settings settings, Network network) {
        return Trainer.of(network)
                .objective(Objective.crossEntropy())
                .optimizer(settings.optimizer().create())
                .schedule(Schedule.COSINE)
                .batchSize(settings.batch());
    }

    Run run(Candidate candidate, long seed, TrainingObserver observer) {
        try (Compute compute = Compute.on(settings.engine(), 1)) {
            Network network = settings.network()
                    .build(data.train().shape(), data.train().outputs(), candidate.choices(), compute, seed);
            LossCurve curve = new LossCurve(data.train().outputs());
            try (GradientFlow flow = new GradientFlow(network)) {
                TrainingResult result = trainer(settings, network)
                        .epochs(settings.epochs())
                        .seed(seed)
                        .validation(data.test())
                        .observer(curve)
                        .observer(flow)
                        .observer(observer)
                        .train(data.train());
                return run(candidate, seed, result, curve, layers(network, flow, result));
            }
        }
    }

    private static Run run(
            Candidate candidate, long seed, TrainingResult result, LossCurve curve, List<LayerState> layers) {
        List<EpochRecord> epochs = result.epochs();
        boolean diverged = result.outcome() == TrainingResult.Outcome.DIVERGED;
        EpochRecord last = diverged || epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        return new Run(
                candidate.name(),
                seed,
                result.divergedAt(),
                last == null ? null : last.validationAccuracy(),
                last == null ? null : number(last.validationLoss()),
                epochs.stream().map(epoch -> number(epoch.loss())).toList(),
                epochs.stream().map(EpochRecord::validationAccuracy).toList(),
                last == null ? null : number(curve.spikiness()),
                last == null ? null : number(curve.largestRise()),
                layers);
    }

    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private List<LayerState> layers(Network network, GradientFlow flow, TrainingResult result) {
        List<LayerState> layers = new ArrayList<>();
        if (result.outcome() == TrainingResult.Outcome.DIVERGED) {
            return layers;
        }
        try (NetworkMonitor monitor = NetworkMonitor.attachToAll(network)) {
            Evaluation.of(network, Objective.crossEntropy(), data.train());
            for (LayerReport report : monitor.reports()) {
                layers.add(new LayerState(
                        report.name(),
                        report.dead().units(),
                        report.dead().dead(),
                        report.saturation() == null ? null : report.saturation().share(),
                        report.values().mean(),
                        Math.sqrt(report.values().variance()),
                        flow.layer(layers.size()),
                        learned(network.layers().get(report.layer()))));
            }
        }
        return layers;
    }

    private static Double learned(Layer layer) {
        if (!(layer instanceof LearnedPrelu) && !(layer instanceof LearnedSwish)) {
            return null;
        }
        double sum = 0;
        float[] values = layer.parameters().get(0).value();
        for (float value : values) {
            sum += value;
        }
        return number(sum / values.length);
    }
}
