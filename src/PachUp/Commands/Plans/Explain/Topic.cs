namespace PachUp.Commands.Plans.Explain;

/// <summary>A name in plans, reports and messages that is no check: the reason of a change, or something that a run can find.</summary>
/// <param name="Name">The name.</param>
/// <param name="Meaning">What it is and why it happens, in whole sentences.</param>
/// <param name="WhatToDo">What to do, in whole sentences.</param>
internal sealed record Topic(string Name, string Meaning, string WhatToDo)
{
    private const string Nothing = "Nothing.";
    private const string Update = "Check the pipeline after the migration, and keep the new field in the spec file that you update it with.";

    /// <summary>All topics, by name.</summary>
    public static IReadOnlyList<Topic> All { get; } =
    [
        new(
            "atom-input",
            "The pipeline has an atom input. Later releases call it a pfs input, so the input is changed into one.",
            Update),
        new(
            "commit-branch",
            "A commit loses the name of the branch on which it was made. Streams of 1.9.6 and later do not contain it. The heads of branches and the parents of commits are kept.",
            Nothing),
        new(
            "commit-description",
            "A commit loses its description. No operation of these releases has a field for it.",
            "The descriptions are in left-behind.json in the run directory."),
        new(
            "commit-id",
            "The id of the commit has not the format of pachd's own ids. pachd would take it for the name of a branch, so the commit could not be read.",
            "Put its files into a new commit of the source before the migration, if you need them."),
        new(
            "commit-provenance",
            "The commit names other commits as its provenance that the target does not have under the same id: specs are committed again, and output is computed again.",
            Nothing),
        new(
            "commit-sizes",
            "The target shows 0 as the size of these commits. It takes the size from an operation that the older stream does not have. The files are complete.",
            "Do not use the displayed size to compare the clusters; \"pachup verify\" compares the files."),
        new(
            "converted-trees",
            "The target stores file trees in another format, so the hashes of the trees change. The content of files does not change.",
            Nothing),
        new(
            "cron-start",
            "A stopped cron pipeline gets a start time in the far future, because pachd would at once make the ticks since the old start. As soon as its ticks have arrived, pachd goes on from the newest of them.",
            "Before you start such a pipeline without any tick, update it with the start that you want."),
        new(
            "datum-tag",
            "The tags by which workers find the results of datums are left out. The objects get new blocks on the target, so an old result could not be read.",
            "Allow time for all datums to be processed again, or let the target use the bucket of the source or a copy of it."),
        new(
            "derived-head",
            "The target opens a new commit on a branch with provenance, because the head of the branch is not computed from the present heads of its provenance. Every pachd does this.",
            Nothing),
        new(
            "gpu-kind",
            "The pipeline requests a number of GPUs. From 1.8 on, a request names the kind of GPU too, and the kind of NVIDIA is assumed.",
            Update),
        new(
            "headers-footers",
            "The directory has a header or a footer (put-header, put-footer, put-file --split sql). Later releases have neither, so its files arrive without them.",
            "If a pipeline needs the header, put the files into the source again with the header in each of them."),
        new(
            "incremental",
            "Releases after 1.7 have no incremental pipelines. The pipeline sees the whole datum each time, without its last output.",
            "Check that the code of the pipeline does not rely on its last output."),
        new(
            "jobs",
            "Jobs and their logs do not travel. Where the stream contains jobs, the target gives them new ids; elsewhere it makes new jobs for what it computes.",
            "The jobs, and the last lines of the log of each pipeline, are in left-behind.json in the run directory. Save longer logs from the source before you delete it."),
        new(
            "late-writes",
            "Somebody wrote to the source after the extract, so the target does not have it. PachUp looks at the source again before it lets anyone use the target, and stops with exit code 4.",
            "Stop the writer. Then \"pachup apply --catch-up RUN\" carries what came late, or \"pachup rollback RUN\" takes the run back. \"pachup verify RUN\" looks again."),
        new(
            "name-not-allowed",
            "The target refuses this name of a branch. The branch is renamed wherever it occurs: in provenance, inputs and output branches of pipelines.",
            "Use the new name in your clients and in the spec files of your pipelines."),
        new(
            "open-commit",
            "The commit is open. No stream contains the files of an open commit, and no pachd can restore it. If a pipeline of the target computes it, it is made again there.",
            "Finish the commit on the source before the extract. Otherwise its files are beside left-behind.json in the run directory: put them into the target afterwards."),
        new(
            "open-tick",
            "The commit is a cron tick that was started but not finished. pachd deletes it and continues from the tick before it.",
            Nothing),
        new(
            "output-branch",
            "The branch belongs to an output repo, and its pipeline does not make it. The target computes the repo again, without this branch.",
            "Create the branch again on the target when its pipeline has finished."),
        new(
            "output-carried",
            "The finished output of the pipeline arrives unchanged, because the stream contains it.",
            Nothing),
        new(
            "output-head",
            "The output arrives unchanged. When its pipeline starts, it makes one new commit on its output branch and skips the datums that were already processed.",
            Nothing),
        new(
            "output-kept",
            "The plan keeps finished output (outputs=keep), and the target accepts complete commits: the output arrives unchanged.",
            Nothing),
        new(
            "output-made-by-hand",
            "A user put this commit into an output repo. The target computes output again from the input, so it does not make this commit.",
            "Copy the files into an input repo, or put them into the target afterwards."),
        new(
            "output-repo",
            "The repo is the output of a pipeline. The stream does not carry output, so the pipeline of the target computes it again.",
            "Allow time for it. Then \"pachup verify RUN --after-work\" proves that the output is equal."),
        new(
            "pipeline-history",
            "The target creates every pipeline again from its current spec: its version becomes 1, its creation time is that of the restore, and earlier specs are left out.",
            "The earlier specs are in left-behind.json in the run directory."),
        new(
            "repo-size",
            "The displayed size of the repo changes. 1.7 shows the size of everything that was ever put into it, and later releases that of the head of master.",
            Nothing),
        new(
            "retired-field",
            "The spec of the pipeline has a field that Pachyderm removed. It is left out.",
            "Remove the field from the spec file of the pipeline."),
        new(
            "salt",
            "The pipeline gets a new salt, because results of datums have another format on the target: an old result is never taken for a new one.",
            "Allow time for all datums to be processed again."),
        new(
            "service-annotations",
            "The spec has annotations of a service, which servers from 1.10 on do not read. They belong to the metadata of the pipeline.",
            "After the migration, update the pipeline with the annotations under metadata.annotations."),
        new(
            "service-type",
            "From 1.9 on, a service has a type. The pipeline gets NodePort, which earlier releases deploy.",
            Update),
        new(
            "tick-form",
            "1.7 stores the time of a cron tick in the file /time. Later releases name the file of a tick by its time, so the target adds one tick in the new form.",
            Nothing),
        new(
            "times",
            "The operations of the target have no fields for these times. They become the time of the restore.",
            "The times of commits are in left-behind.json in the run directory."),
        new(
            "treeless-commit",
            "The commit was finished with no tree or with several trees. A target before 1.9.6 cannot restore it.",
            "Migrate to 1.9.6 or later, or let the pipeline of the target compute it again."),
    ];
}

/// <summary>The answer of <c>explain</c> about a topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it is and why it happens.</param>
/// <param name="WhatToDo">What to do.</param>
internal sealed record TopicDocument(string Name, string Meaning, string WhatToDo);
