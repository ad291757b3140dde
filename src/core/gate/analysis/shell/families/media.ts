import { say } from '../../../../say';
import type { Invocation } from '../command';
import { constantOf, describeField, type Field, mixTaints } from '../field';
import { type OptionTable, readOptions } from '../options';
import { readField } from '../paths';
import { type Context, type Flow, type Shell, someFlow } from '../shell';
import type { ShellState } from '../state';
import { writeEach } from '../touch';
import type { Family } from './family';
import { doubtOption } from './looks';
import { tool } from './tool';

/** A program that turns files into one: all operands but the last are read, the last is written. */
function converts(data: {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge: (shell, invocation, state, context) => convert(shell, data.options, invocation, state, context),
    without: () =>
      Object.entries(data.options).flatMap(([kind, names]) =>
        names.split(' ').map((entry) => ({
          entry,
          family: converts({
            ...data,
            options: {
              ...data.options,
              [kind]: names
                .split(' ')
                .filter((name) => name !== entry)
                .join(' '),
            },
          }),
        })),
      ),
  };
}

function convert(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const read = readOptions(invocation.args, options, { longWithOneDash: true, noClusters: true });
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  let taint = mixTaints(context.stdin);
  const input = read.options.filter(({ kind }) => kind === 'reads').flatMap(({ value }) => (value ? [value] : []));
  const sources = input.length > 0 ? input : read.operands.slice(0, -1);
  for (const field of sources) taint = mixTaints(taint, readPlain(shell, field, invocation, state, context));
  const last = read.operands.at(-1);
  if (last && constantOf(last) !== '-') {
    checkPlain(shell, last, invocation);
    writeEach(shell, [last], state, context, 'replace', { text: undefined, ...taint });
  }
  return { ...someFlow, ...taint };
}

function readPlain(shell: Shell, field: Field, invocation: Invocation, state: ShellState, context: Context) {
  checkPlain(shell, field, invocation);
  return readField(shell, field, state, context);
}

/** These programs take `http://…`, `msl:…`, `@list`, `concat:…` for more than the name of a file. */
function checkPlain(shell: Shell, field: Field, { program }: Invocation): void {
  if (!/^[^:@|"]+$/.test(constantOf(field) ?? describeField(field)))
    shell.doubt(
      'command.operands',
      say('what {1} means to {0} is not known', program, describeField(field)),
      field.span,
    );
}

/** Pictures, sound, film and documents. */
export const media: readonly Family[] = [
  converts({
    programs: ['magick', 'convert'],
    options: {
      flag: '-strip -flip -flop -negate -normalize -trim -auto-orient -append -monochrome -verbose',
      value:
        '-resize -quality -crop -rotate -background -gravity -extent -density -colorspace -geometry -thumbnail -depth -alpha -type -fill -blur -border -bordercolor -delay -loop -scale -sharpen -threshold -transparent -units -compress -interlace -colors',
    },
    match: [
      'convert a.png -strip -flip -flop -negate -normalize -trim -auto-orient -append -monochrome -verbose b.png',
      'magick a.png -resize 50% -quality 80 -crop 1x1 -rotate 90 -background none -gravity center -extent 1x1 -density 96 -colorspace RGB -geometry 1x1 -thumbnail 9 -depth 8 -alpha on -type Grayscale -fill red -blur 1 -border 1 -bordercolor red -delay 1 -loop 0 -scale 1 -sharpen 1 -threshold 1 -transparent red -units x -compress zip -interlace none -colors 9 b.png',
    ],
    notMatch: [
      'convert msl:a b.png',
      'convert http://x.example/a.png b.png',
      'convert a.png /srv/b.png',
      'convert @list b.png',
    ],
  }),
  converts({
    programs: ['ffmpeg'],
    options: {
      flag: '-y -n -hide_banner -nostdin -an -vn -sn -shortest -stats -nostats',
      value:
        '-ss -t -to -r -s -b:v -b:a -c -c:v -c:a -vcodec -acodec -codec -ar -ac -crf -preset -pix_fmt -movflags -map -frames:v -vframes -loglevel -v -aspect -q:v -q:a -threads -metadata -framerate -loop',
      reads: '-i',
    },
    match: [
      'ffmpeg -y -hide_banner -nostdin -i a.mov -ss 1 -t 2 -to 3 -r 30 -s 1x1 -b:v 1M -b:a 1k -c copy -c:v h264 -c:a aac -vcodec h264 -acodec aac -codec copy -ar 44100 -ac 2 -crf 20 -preset fast -pix_fmt yuv420p -movflags faststart -map 0 -frames:v 1 -vframes 1 -loglevel error -v error -aspect 4:3 -q:v 1 -q:a 1 -threads 2 -metadata a=b -framerate 5 -loop 1 b.mp4',
      'ffmpeg -n -an -vn -sn -shortest -stats -nostats -i a.mov b.wav',
    ],
    notMatch: [
      'ffmpeg -i http://x.example/a b.mp4',
      'ffmpeg -i a.mov /srv/b.mp4',
      'ffmpeg -i concat:a|b c.mp4',
      'ffmpeg -filter_complex_script x -i a b.mp4',
    ],
  }),
  tool({
    programs: ['identify', 'ffprobe', 'exiftool', 'mediainfo', 'pdfinfo', 'pdffonts', 'soxi', 'exiv2'],
    options: {
      flag: '-verbose -quiet -hide_banner -show_format -show_streams -json -s -a -G -n -u',
      value: '-format -v -print_format -of -show_entries -select_streams -loglevel',
    },
    reading: { longWithOneDash: true, noClusters: true },
    operands: 'read',
    shape: /^[^:@|]+$/,
    match: [
      'identify -verbose -quiet -format %w a.png',
      'ffprobe -v error -hide_banner -show_format -show_streams -print_format json -of json -show_entries format -select_streams v -loglevel error a.mp4',
      'exiftool -json -s -a -G -n -u a.jpg',
      'pdfinfo a.pdf',
    ],
    notMatch: ['identify msl:x', 'exiftool -config x a.jpg', 'ffprobe http://x.example/a'],
  }),
  tool({
    programs: ['pdftotext', 'pdftoppm', 'pdfseparate', 'pdfunite', 'cwebp', 'dwebp', 'rsvg-convert', 'qpdf', 'img2pdf'],
    options: {
      flag: '-layout -raw -png -jpeg -lossless --linearize --empty -nopgbrk -q',
      value: '-f -l -r -enc -w -h --width --height --format',
      writes: '-o --output',
    },
    reading: { longWithOneDash: true, noClusters: true },
    operands: 'read write',
    shape: /^[^:@|]+$/,
    match: [
      'pdftotext -layout -raw -nopgbrk -q -f 1 -l 2 -r 96 -enc UTF-8 a.pdf out.txt',
      'pdftoppm -png -jpeg a.pdf out',
      'cwebp -lossless -w 1 -h 1 a.png -o a.webp',
      'rsvg-convert --width=1 --height=1 --format=png --output=a.png a.svg',
      'qpdf --linearize --empty a.pdf b.pdf',
    ],
    notMatch: [
      'pdftotext a.pdf /srv/x',
      'pdftotext a.pdf .git/config',
      'pdftotext --upw secret a.pdf',
      'qpdf @list b.pdf',
    ],
  }),
];
