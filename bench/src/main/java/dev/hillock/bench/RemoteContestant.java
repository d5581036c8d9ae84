package dev.hillock.bench;

/** A peer in a virtual machine of its own. It gets the same array contents and times its own calls. */
final class RemoteContestant implements Contestant {
    private final PeerProcess process;
    private final int index;
    private final String name;
    private final String description;

    RemoteContestant(PeerProcess process, int index, String name, String description) {
        this.process = process;
        this.index = index;
        this.name = name;
        this.description = description;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        String[] reason = new String[1];
        int id = process.ask(Wire.Request.PREPARE, (out, in) -> {
            out.writeInt(index);
            Wire.write(out, task);
            Wire.write(out, x);
            Wire.write(out, dy);
            out.flush();
            int work = in.readInt();
            reason[0] = work == 0 ? in.readUTF() : null;
            return work;
        });
        if (reason[0] != null) {
            throw new NotSupported(reason[0]);
        }
        return new RemoteWork(process, id, task.windows());
    }

    @Override
    public void close() {
        process.close();
    }

    private record RemoteWork(PeerProcess process, int id, int windows) implements Work {
        @Override
        public void run(int window) {
            process.ask(Wire.Request.RUN, (out, in) -> {
                out.writeInt(id);
                out.writeInt(window);
                out.flush();
                return null;
            });
        }

        @Override
        public Timing time(long calls) {
            return process.ask(Wire.Request.TIME, (out, in) -> {
                out.writeInt(id);
                out.writeLong(calls);
                out.flush();
                return new Timing(in.readLong(), in.readLong(), in.readBoolean());
            });
        }

        @Override
        public void result(float[] to) {
            float[] result = process.ask(Wire.Request.RESULT, (out, in) -> {
                out.writeInt(id);
                out.writeInt(to.length);
                out.flush();
                return Wire.readArray(in);
            });
            System.arraycopy(result, 0, to, 0, to.length);
        }

        @Override
        public void close() {
            process.ask(Wire.Request.CLOSE, (out, in) -> {
                out.writeInt(id);
                out.flush();
                return null;
            });
        }
    }
}
