using System.Globalization;
using System.Text;
using Google.Protobuf;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Sandbox.Server.Common;
using PachUp.Sandbox.Server.Pfs;
using PachUp.Sandbox.Server.Pps;
using PachUp.Sandbox.Server.Trees;

namespace PachUp.Sandbox.Server.Workers;

/// <summary>
/// Lists the datums of jobs. They come from the statistics of the job if it has any, and otherwise from its inputs: then their results are not known,
/// even if the job has finished.
/// </summary>
internal sealed class Datums(Pachd pachd, Jobs jobs, DatumSource source, FileReader files)
{
    private static readonly HashSet<string> TotalsOfJob = ["stats", "logs", "pfs"];

    /// <summary>The datums of a job that a request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="PachdError">The job is missing, or its inputs or statistics cannot be read.</exception>
    public ListDatumResponse List(ListDatumRequest request)
    {
        var job = jobs.Inspect(new InspectJobRequest { Job = ServerCrash.IfNull(request.Job) });
        var all = job.StatsCommit is null ? FromInputs(job) : FromStats(job);
        var response = new ListDatumResponse();
        if (request.PageSize > 0)
        {
            if (request.Page * request.PageSize >= all.Count)
                throw new PachdError("EOF");

            response.Page = request.Page;
            response.TotalPages = (all.Count + request.PageSize - 1) / request.PageSize;
            all = [.. all.Skip((int)(request.Page * request.PageSize)).Take((int)request.PageSize)];
        }

        response.DatumInfos.Add(all);
        return response;
    }

    /// <summary>One datum of a job that has statistics.</summary>
    /// <exception cref="PachdError">The job or datum is missing, or the pipeline has no statistics.</exception>
    public DatumInfo Inspect(InspectDatumRequest request)
    {
        var datum = ServerCrash.IfNull(request.Datum);
        var job = jobs.Inspect(new InspectJobRequest { Job = ServerCrash.IfNull(datum.Job) });
        if (!job.EnableStats)
            throw new PachdError($"stats not enabled on {job.Pipeline.Name}");

        return job.StatsCommit is null
            ? throw new PachdError("job not finished, no stats output yet")
            : FromStats(job, datum.Id, InputsOf(job));
    }

    private IReadOnlyList<JobDatum> InputsOf(JobInfo job) => pachd.Metadata.InTransaction(() => source.Of(job.Input));

    private IReadOnlyList<DatumInfo> FromInputs(JobInfo job) =>
    [
        .. InputsOf(job).Select(datum => new DatumInfo
        {
            Datum = new Datum { Id = datum.TagFor(job.Pipeline.Name, job.Salt), Job = job.Job },
            State = DatumState.Starting,
            Data = { datum.Inputs.Select(InfoOf) },
        }),
    ];

    private IReadOnlyList<DatumInfo> FromStats(JobInfo job)
    {
        var inputs = InputsOf(job);
        return
        [
            .. files.List(new Wire.File { Commit = job.StatsCommit, Path = "/" }, full: true)
                .Select(file => file.File.Path[(file.File.Path.LastIndexOf('/') + 1)..])
                .Where(name => !TotalsOfJob.Contains(name))
                .Select(id => FromStats(job, id, inputs))
                .OrderBy(datum => datum.State),
        ];
    }

    private DatumInfo FromStats(JobInfo job, string id, IReadOnlyList<JobDatum> inputs)
    {
        var jobFiles = files.Glob(job.StatsCommit, $"/{id}/job:*");
        if (jobFiles is not [var jobFile])
            throw new PachdError("couldn't find job file");

        var stats = JsonParser.Default.Parse<ProcessStats>(TextOf(job, $"/{id}/stats"));
        var index = int.Parse(TextOf(job, $"/{id}/index"), CultureInfo.InvariantCulture);
        if (index >= inputs.Count)
            throw new PachdError($"index {index} out of range");

        return new DatumInfo
        {
            Datum = new Datum { Id = id, Job = job.Job },
            State = HasFailed(job, id) ? DatumState.Failed : jobFile.File.Path.Split(':')[1] == job.Job.Id ? DatumState.Success : DatumState.Skipped,
            Stats = stats,
            Data = { inputs[index].Inputs.Select(InfoOf) },
            PfsState = new Wire.File { Commit = job.StatsCommit, Path = $"/{id}/pfs" },
        };
    }

    private bool HasFailed(JobInfo job, string id) => files.Glob(job.StatsCommit, $"/{id}/failure").Count > 0;

    private string TextOf(JobInfo job, string path) => Encoding.UTF8.GetString(
        [.. files.Read(new GetFileRequest { File = new Wire.File { Commit = job.StatsCommit, Path = path } }).SelectMany(part => part.ToArray())]);

    private Wire.FileInfo InfoOf(DatumInput input) => files.InfoOf(input.Commit, input.Files, TreePaths.External(input.Path), input.Node, full: false);
}
